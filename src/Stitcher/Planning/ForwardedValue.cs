namespace Stitcher.Planning;

/// <summary>Something of the request that a service's fragments may know, by the operator's word.</summary>
/// <param name="Header">The header that it is sent in.</param>
/// <param name="Source">Where it comes from.</param>
internal readonly record struct ForwardedValue(string Header, ValueSource Source)
{
    /// <summary>Its place among the page's values.</summary>
    public int Index { get; init; }

    public bool IsCookie => Source.Kind == ValueKind.ForwardedCookie;

    /// <summary>No two visitors are likely to share it, so nobody may keep a page for another that shows what it led to.</summary>
    public bool IsPersonal => Source.Kind is ValueKind.ForwardedCookie or ValueKind.ClientAddress;
}
