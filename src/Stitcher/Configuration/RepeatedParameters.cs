namespace Stitcher.Configuration;

/// <summary>What becomes of a request that gives a query parameter of the page more than once.</summary>
public enum RepeatedParameters
{
    /// <summary>It is refused with status 400: whoever reads it first may take another value than whoever reads it last.</summary>
    Refuse,

    /// <summary>The first value counts, the others are dropped.</summary>
    First,
}
