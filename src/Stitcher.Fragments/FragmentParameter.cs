using System.ComponentModel.DataAnnotations;

namespace Stitcher.Fragments;

/// <summary>A parameter of a fragment, as its author wrote it.</summary>
internal sealed record FragmentParameter(string Name, string Type, bool IsInPath, bool IsRequired, string? Default)
{
    /// <value>The type of a value; of one of them, if it may repeat.</value>
    public Type ValueType { get; init; } = typeof(string);

    /// <value>From where to where, if it is said.</value>
    public RangeAttribute? Range { get; init; }

    /// <summary>For the people who read an error or the development page.</summary>
    public override string ToString() =>
        IsRequired ? $"{Name} ({Type}, required)" : Default is null ? $"{Name} ({Type})" : $"{Name} ({Type}, default {Default})";
}
