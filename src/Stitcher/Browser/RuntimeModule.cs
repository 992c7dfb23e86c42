using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Stitcher.Browser;

/// <summary>One browser module of the gateway's own, with its hash in its name: it never changes, and anybody may keep it for ever.</summary>
internal sealed class RuntimeModule
{
    private const int HashDigits = 16;
    private const int BrotliQuality = 11;
    private const int BrotliWindow = 22;

    private RuntimeModule(string specifier, string name, byte[] bytes)
    {
        Specifier = specifier;
        Bytes = bytes;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashDigits];
        File = $"{name}-{hash}.js";
        ETag = $"\"{hash}\"";
        Integrity = "sha384-" + Convert.ToBase64String(SHA384.HashData(bytes));
        Gzip = ToGzip(bytes);
        Brotli = ToBrotli(bytes);
    }

    /// <summary>What it is imported by.</summary>
    public string Specifier { get; }

    /// <summary>Its name below the folder of all runtime modules.</summary>
    public string File { get; }

    public byte[] Bytes { get; }

    public byte[] Gzip { get; }

    public byte[] Brotli { get; }

    public string ETag { get; }

    public string Integrity { get; }

    /// <summary>What it imports before it runs.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    public static RuntimeModule Read(string specifier, string name, params string[] imports)
    {
        using var stream = typeof(RuntimeModule).Assembly.GetManifestResourceStream($"Stitcher.Browser.{name}.js")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new RuntimeModule(specifier, name, Slim(reader.ReadToEnd())) { Imports = imports };
    }

    // Comments stand on lines of their own there, and no text begins like one: what is read by people stays in the source.
    private static byte[] Slim(string source)
    {
        var code = new StringBuilder(source.Length);
        foreach (var line in source.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            if (!text.IsEmpty && !text.StartsWith("//") && !text.StartsWith("/*") && text[0] != '*')
            {
                code.Append(text).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(code.ToString());
    }

    private static byte[] ToGzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    private static byte[] ToBrotli(byte[] bytes)
    {
        var output = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        BrotliEncoder.TryCompress(bytes, output, out var written, BrotliQuality, BrotliWindow);
        return output[..written];
    }
}
