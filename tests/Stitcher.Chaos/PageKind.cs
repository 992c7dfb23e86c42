namespace Stitcher.Chaos;

/// <summary>The kinds of pages of a run. Each is the first part of a page's and of a fragment's path, and says how the fragments may be kept.</summary>
internal static class PageKind
{
    /// <summary>A primary and three optional fragments that nobody may keep: every page asks all four services.</summary>
    public const string Plain = "plain";

    /// <summary>The same, fresh for 5 s and allowed to be shown for 60 s after an error.</summary>
    public const string Cached = "cached";

    /// <summary>The same, each fragment for one reader only.</summary>
    public const string Private = "private";

    /// <summary>No primary; the first fragment is required.</summary>
    public const string Required = "required";

    /// <summary>Like <see cref="Plain"/>, and the primary's slot has content of its own to show.</summary>
    public const string Static = "static";

    /// <summary>Fragments that are fresh for 2 s and bring a module that is named for their version.</summary>
    public const string Deploy = "deploy";

    /// <summary>The layout without a slot: what a page costs before any fragment.</summary>
    public const string Shell = "shell";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Plain, Cached, Private, Required, Static, Deploy, Shell];

    /// <summary>What the services say about keeping such a page's fragments.</summary>
    public static string CacheControl(string kind) => kind switch
    {
        Cached => "max-age=5, stale-if-error=60",
        Private => "private, max-age=30",
        Deploy => "max-age=2",
        _ => "no-store",
    };
}
