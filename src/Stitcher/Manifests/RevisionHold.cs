using System.Collections.Frozen;
using Stitcher.Configuration;
using Stitcher.Federation;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>Which new revisions have to wait: those that would split a package of which the operator says <see cref="StrictConflict.Hold"/>.</summary>
internal sealed class RevisionHold(FederationOptions federation)
{
    private readonly bool _holdsOthers = federation.StrictConflict == StrictConflict.Hold;

    private readonly FrozenDictionary<string, bool> _wishes = federation.Packages
        .Where(static package => package.StrictConflict != StrictConflict.Default)
        .DistinctBy(static package => package.Name)
        .ToFrozenDictionary(static package => package.Name, static package => package.StrictConflict == StrictConflict.Hold, StringComparer.Ordinal);

    /// <summary>Whether any revision may have to wait.</summary>
    public bool IsWanted => _holdsOthers || _wishes.Values.Contains(true);

    /// <summary>What a revision must wait for, of what was negotiated with it and was not so before; null when it need not wait.</summary>
    public FederationDiagnostic? ReasonIn(NegotiationResult next, NegotiationResult before)
    {
        var known = before.Diagnostics.Where(IsConflict).Select(NameOf).ToHashSet();
        return next.Diagnostics.FirstOrDefault(said => IsConflict(said) && !known.Contains(NameOf(said)) && Holds(next, said.Package!));
    }

    private static bool IsConflict(FederationDiagnostic said) =>
        said is { Package: not null, Service: not null } && said.Code is FederationCodes.SingletonSplit or FederationCodes.NothingAcceptable;

    // Another revision of the same service has the same conflict.
    private static (string Code, string Package, string Service) NameOf(FederationDiagnostic said) => (said.Code, said.Package!, said.Service!.Split('@')[0]);

    private bool Holds(NegotiationResult result, string package)
    {
        var family = result.Decisions.TryGetValue(package, out var unit) ? unit.Packages : [package];
        return family.Any(_wishes.ContainsKey) ? family.Any(name => _wishes.GetValueOrDefault(name)) : _holdsOthers;
    }
}
