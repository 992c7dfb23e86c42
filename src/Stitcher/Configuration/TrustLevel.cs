namespace Stitcher.Configuration;

/// <summary>What a service's markup may do in the page. Each level may do what the one before may.</summary>
public enum TrustLevel
{
    /// <summary>No script, no inline handlers, no <c>javascript:</c> addresses, no modules and no topics.</summary>
    Markup,

    /// <summary>Script modules by <c>src</c> or through the import map, and styles; no inline script.</summary>
    App,

    /// <summary>Inline script too, by declared hash.</summary>
    Trusted,
}
