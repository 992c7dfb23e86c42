using System.Collections.Immutable;

namespace Stitcher.Federation.Manifests;

/// <summary>What a service knows about one of its files.</summary>
public sealed record ModuleFile
{
    /// <value>The file's hash as browsers check it, for example <c>sha384-…</c>. Null when unknown.</value>
    public string? Integrity { get; init; }

    /// <value>The file's length in bytes. Null when unknown.</value>
    public long? Bytes { get; init; }

    /// <value>The specifiers the file imports statically, as they stand in it.</value>
    public ImmutableArray<string> Imports { get; init; } = [];
}
