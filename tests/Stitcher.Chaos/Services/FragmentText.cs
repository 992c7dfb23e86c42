using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Stitcher.Chaos.Services;

/// <summary>The fragments of the fault services: each carries a hash over its own text, so that whoever reads the page can tell a whole one from a piece.</summary>
internal static class FragmentText
{
    /// <summary>What a whole fragment begins with.</summary>
    public const string Begin = "<section class=\"chaos\"";

    /// <summary>What a fragment that was made to do harm begins with.</summary>
    public const string HostileBegin = "<section class=\"hostile\"";

    private const int Lines = 14;
    private static readonly ConcurrentDictionary<(string, string, string, int), byte[]> Made = new();

    /// <summary>The body of a fragment.</summary>
    /// <param name="service">Whose it is.</param>
    /// <param name="kind">The kind of page it is for; a <c>deploy</c> page's fragment brings the module of its version.</param>
    /// <param name="id">What it is about.</param>
    /// <param name="version">The version of the service.</param>
    public static byte[] Of(string service, string kind, string id, int version) =>
        Made.GetOrAdd((service, kind, id, version), static key => Make(key.Item1, key.Item2, key.Item3, key.Item4));

    /// <summary>The hash over a fragment's text: 16 hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    private static byte[] Make(string service, string kind, string id, int version)
    {
        var text = new StringBuilder();
        for (var line = 1; line <= Lines; line++)
        {
            text.Append("<p>Line ").Append(line).Append(" of ").Append(service).Append(' ').Append(id)
                .Append(": what a service has to say takes some room, so that half of it can be told from the whole of it.</p>");
        }

        var inner = text.ToString();
        var section = $"{Begin} data-of=\"{service}\" data-id=\"{id}\" data-version=\"{version}\" data-hash=\"{HashOf(Encoding.UTF8.GetBytes(inner))}\">{inner}</section>";
        return Encoding.UTF8.GetBytes(kind == PageKind.Deploy
            ? $"<!doctype html><html><head><title>{service}</title><script type=\"module\" src=\"assets/{service}-v{version}.js\"></script></head><body>{section}</body></html>"
            : section);
    }
}
