using System.Security.Cryptography;

namespace Stitcher.Fragments.Gallery;

/// <summary>A file of the development page, kept in the assembly.</summary>
internal sealed record GalleryFile(string Name, string ContentType, byte[] Bytes)
{
    public static GalleryFile Style { get; } = Load("gallery.css", "text/css; charset=utf-8");

    public static GalleryFile Script { get; } = Load("gallery.js", "text/javascript; charset=utf-8");

    /// <value>Where the page finds it. The hash lets browsers keep it and still see every new version of the SDK.</value>
    public string Path => $"/_dev/{Name}";

    public string Address => $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 4))}";

    private static GalleryFile Load(string name, string contentType)
    {
        using var stream = typeof(GalleryFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{name}'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new GalleryFile(name, contentType, bytes);
    }
}
