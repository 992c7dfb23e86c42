using System.Diagnostics.CodeAnalysis;
using Semver;

namespace Stitcher.Federation.Versions;

/// <summary>A set of versions, written as npm writes ranges (<c>^1.2.0</c>, <c>1.x || &gt;=2.5.0 &lt;3</c>).</summary>
/// <remarks>A prerelease is in a range only if the range names a prerelease of the same three numbers, as in npm.</remarks>
public sealed class VersionRange
{
    /// <summary>The longest text that is looked at, in characters.</summary>
    public const int MaxLength = 256;

    private readonly SemVersionRange _range;
    private readonly string _text;

    private VersionRange(SemVersionRange range, string text)
    {
        _range = range;
        _text = text;
    }

    /// <value>Every version, prereleases included.</value>
    public static VersionRange Any { get; } = new(SemVersionRange.All, "any");

    /// <summary>Reads a range.</summary>
    /// <param name="text">The text, at most <see cref="MaxLength"/> characters; the empty text and <c>*</c> mean every stable version.</param>
    /// <param name="range">The range, when the answer is true.</param>
    /// <returns>False when the text is no range. Never throws.</returns>
    public static bool TryParseNpm(string? text, [NotNullWhen(true)] out VersionRange? range)
    {
        range = text is not null && text.Length <= MaxLength && SemVersionRange.TryParseNpm(text, out var parsed, MaxLength)
            ? new VersionRange(parsed, text)
            : null;
        return range is not null;
    }

    /// <summary>Reads a range that prereleases are judged by as if they were stable: for floors and bans, where "not named" must not mean "not meant".</summary>
    internal static VersionRange? WithPrereleases(string? text) =>
        text is not null && text.Length <= MaxLength
            && SemVersionRange.TryParseNpm(text, includeAllPrerelease: true, out var parsed, MaxLength)
            ? new VersionRange(parsed, text)
            : null;

    /// <summary>The range a service means that names none: <c>^</c> and the version it was built with.</summary>
    public static VersionRange CaretOf(PackageVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var text = "^" + version.Semantic.WithoutMetadata();
        return new VersionRange(SemVersionRange.ParseNpm(text, MaxLength + 1), text);
    }

    /// <summary>Whether a version is in the range.</summary>
    public bool Accepts(PackageVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return _range.Contains(version.Semantic);
    }

    /// <summary>The range as it was written.</summary>
    public override string ToString() => _text;
}
