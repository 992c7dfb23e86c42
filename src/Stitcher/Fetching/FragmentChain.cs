namespace Stitcher.Fetching;

/// <summary>The fragments around a nested one, innermost first.</summary>
/// <param name="Service">The innermost one's service.</param>
/// <param name="Target">What that was asked for; the same markup may stand in several places, so its place does not count.</param>
/// <param name="Around">What is around that one.</param>
internal sealed record FragmentChain(string Service, string Target, FragmentChain? Around)
{
    /// <summary>1 for a fragment in a slot of the layout.</summary>
    public int Depth { get; } = Around is null ? 1 : Around.Depth + 1;

    public bool Contains(string service, string target) => (Service == service && Target == target) || Around?.Contains(service, target) == true;
}
