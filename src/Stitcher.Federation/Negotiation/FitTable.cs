namespace Stitcher.Federation.Negotiation;

/// <summary>How every offer of a unit fits every service that needs it.</summary>
internal sealed class FitTable
{
    private readonly Dictionary<Offer, Fit[]> _fits = [];

    public FitTable(IReadOnlyList<Consumer> consumers, IReadOnlyList<Offer> offers, UnitGraph graph, Unit unit)
    {
        foreach (var offer in offers)
        {
            var fits = new Fit[consumers.Count];
            foreach (var consumer in consumers)
            {
                fits[consumer.Index] = Of(consumer, offer, graph, unit);
            }

            _fits.Add(offer, fits);
        }
    }

    public bool Is(Consumer consumer, Offer? offer, Fit wanted) =>
        offer is not null && (_fits[offer][consumer.Index] & wanted) == wanted;

    private static Fit Of(Consumer consumer, Offer offer, UnitGraph graph, Unit unit)
    {
        var isTrusted = ReferenceEquals(offer, consumer.Own)
            || offer.Provider.Service.TrustTier >= consumer.Service.Service.TrustTier;
        return (isTrusted && consumer.Lacking(offer) is null ? Fit.Covers : Fit.None)
            | (consumer.IsInRange(offer) ? Fit.InRange : Fit.None)
            | (consumer.Follows(offer, graph, unit) ? Fit.Follows : Fit.None);
    }
}
