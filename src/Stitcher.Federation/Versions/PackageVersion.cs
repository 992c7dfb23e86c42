using System.Diagnostics.CodeAnalysis;
using Semver;

namespace Stitcher.Federation.Versions;

/// <summary>The version of a package: SemVer 2, as npm writes it.</summary>
public sealed class PackageVersion
{
    /// <summary>The longest text that is looked at, in characters; npm's own limit for versions.</summary>
    public const int MaxLength = 256;

    private const SemVersionStyles Accepted = SemVersionStyles.Strict | SemVersionStyles.AllowV | SemVersionStyles.AllowWhitespace;

    private PackageVersion(SemVersion version) => Semantic = version;

    internal SemVersion Semantic { get; }

    /// <value>True for a version such as <c>5.0.0-rc.1</c>.</value>
    public bool IsPrerelease => Semantic.IsPrerelease;

    /// <value>Puts versions in order of precedence, lowest first. Build metadata counts for nothing.</value>
    public static IComparer<PackageVersion> ByPrecedence { get; } =
        Comparer<PackageVersion>.Create(static (left, right) => SemVersion.ComparePrecedence(left.Semantic, right.Semantic));

    /// <summary>Reads a version; a leading <c>v</c> and blanks around it are overlooked.</summary>
    /// <param name="text">The text, at most <see cref="MaxLength"/> characters.</param>
    /// <param name="version">The version, when the answer is true.</param>
    /// <returns>False when the text is no version. Never throws.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PackageVersion? version)
    {
        version = text is not null && text.Length <= MaxLength && SemVersion.TryParse(text, Accepted, out var parsed, MaxLength)
            ? new PackageVersion(parsed)
            : null;
        return version is not null;
    }

    /// <value>The version without build metadata, which says nothing about precedence.</value>
    internal string Plain => Semantic.WithoutMetadata().ToString();

    internal static bool SamePrecedence(PackageVersion? left, PackageVersion? right) =>
        left is null || right is null ? ReferenceEquals(left, right) : ByPrecedence.Compare(left, right) == 0;

    /// <summary>Whether two versions promise to be compatible: the same major, for 0.x the same minor.</summary>
    internal static bool SameLine(PackageVersion left, PackageVersion right) =>
        left.Semantic.Major == right.Semantic.Major && (!left.Semantic.Major.IsZero || left.Semantic.Minor == right.Semantic.Minor);

    /// <summary>The version in its canonical form.</summary>
    public override string ToString() => Semantic.ToString();
}
