using Stitcher.Configuration;

namespace Stitcher.Parsing;

/// <summary>What one parse may cost.</summary>
internal sealed record ParseLimits(int Elements, int Depth, TimeSpan Time)
{
    public static ParseLimits From(LimitOptions options) => new(options.FragmentElements, options.FragmentDepth, options.ParseTime);
}
