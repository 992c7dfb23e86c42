namespace Stitcher.Federation.Negotiation;

/// <summary>What becomes of a strict singleton whose range refuses the winner.</summary>
public enum SingletonConflict
{
    /// <summary>It runs its own copy, in its own modules only.</summary>
    Isolate,

    /// <summary>It is taken out: what it exposes is withheld.</summary>
    Quarantine,
}
