namespace Stitcher.Federation.Negotiation;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticLevel
{
    /// <summary>Worth knowing; everything works as declared.</summary>
    Info,

    /// <summary>Something runs other than declared, or a part was overlooked.</summary>
    Warning,

    /// <summary>Something is broken, doubled or withheld; a build step should fail.</summary>
    Error,
}
