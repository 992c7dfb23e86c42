namespace Stitcher.Configuration;

/// <summary>One thing the operator has to change.</summary>
/// <param name="Where">The source and the key: <c>appsettings.json, Stitcher:Pages:1:Layout</c>.</param>
/// <param name="What">What is wrong, with the offending value.</param>
/// <param name="Expected">What would have been right.</param>
internal sealed record ConfigurationProblem(string Where, string What, string Expected)
{
    /// <summary>The problem as one sentence.</summary>
    public override string ToString() => $"{Where}: {What}; expected {Expected}.";
}
