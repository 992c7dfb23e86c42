using System.Security.Cryptography;
using System.Text;

namespace Stitcher.Browser;

/// <summary>
/// The script behind a page's import map that starts the runtime. Until the bus is there it keeps what is sent to it. It is no module script, which would wait for the
/// end of a streamed page.
/// </summary>
internal static class RuntimeStart
{
    private static readonly byte[] Code = Read();

    private static readonly RuntimeModule Bus = RuntimeModules.All.First(static module => module.Specifier == RuntimeModules.BusPackage);

    /// <summary>What a Content-Security-Policy allows it by: <c>'sha256-…'</c>.</summary>
    public static string PolicySource { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Code))}'";

    /// <param name="generation">Names the page's import map; scripts of the page tell it when they ask for more.</param>
    /// <param name="busAddress">Where the map sends the bus, which the script's own import would find out too late to fetch both at once.</param>
    public static byte[] ElementFor(string generation, string? busAddress) =>
    [
        .. Encoding.UTF8.GetBytes($"<script data-generation=\"{generation}\">"),
        .. Code,
        .. "</script>"u8,
        .. Encoding.UTF8.GetBytes(busAddress == RuntimeModules.Folder + Bus.File ? $"<link rel=\"modulepreload\" href=\"{busAddress}\" integrity=\"{Bus.Integrity}\">" : ""),
    ];

    private static byte[] Read()
    {
        using var stream = typeof(RuntimeStart).Assembly.GetManifestResourceStream("Stitcher.Browser.starter.js")!;
        var code = new byte[stream.Length];
        stream.ReadExactly(code);
        return code.AsSpan().TrimEnd("\r\n"u8).ToArray();
    }
}
