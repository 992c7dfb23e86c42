namespace Stitcher.Configuration;

/// <summary>What becomes of a strict singleton whose range refuses the winner.</summary>
public enum StrictConflict
{
    /// <summary>For one package: as for all others. For all: the same as <see cref="Isolate"/>.</summary>
    Default,

    /// <summary>The service runs its own copy, in its own modules only.</summary>
    Isolate,

    /// <summary>The service is taken out: what it exposes is withheld.</summary>
    Quarantine,

    /// <summary>
    /// A new revision that would bring this about is not taken while copies of the service still answer with the one before. Where it is
    /// about to be the only one, or nothing was there before: the same as <see cref="Isolate"/>.
    /// </summary>
    Hold,
}
