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
}
