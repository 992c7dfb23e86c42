namespace Stitcher.Chaos.Load;

/// <summary>Which pages a run asks for, and how often each.</summary>
/// <param name="Weights">Kinds with their weights.</param>
internal sealed record PageMix(IReadOnlyList<(string Kind, int Weight)> Weights)
{
    private const int Ids = 20;

    /// <summary>Most pages ask everybody, some are remembered, some are for one reader, some have a required fragment.</summary>
    public static PageMix Usual { get; } = new([(PageKind.Plain, 4), (PageKind.Cached, 3), (PageKind.Private, 1), (PageKind.Required, 2)]);

    /// <summary>One kind only.</summary>
    public static PageMix Only(string kind) => new([(kind, 1)]);

    /// <summary>Draws one page.</summary>
    public (string Kind, string Id) Draw()
    {
        var at = Random.Shared.Next(Weights.Sum(entry => entry.Weight));
        var kind = Weights.First(entry => (at -= entry.Weight) < 0).Kind;
        return (kind, Random.Shared.Next(Ids).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
