namespace OrderService.Checkouts;

/// <summary>When a checkout that is not over counts as cut off.</summary>
/// <param name="After">
/// The setting <c>Settlement:After</c>, default 30 s: longer than any checkout takes, so that a second program on the same database, such as the next version
/// that starts while this one ends, leaves alone what is still under way.
/// </param>
internal sealed record CheckoutSettlementOptions(TimeSpan After)
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    /// <exception cref="InvalidOperationException">The setting is no time.</exception>
    public static CheckoutSettlementOptions From(IConfiguration configuration) => configuration["Settlement:After"] is not { } text ? new(Default)
        : TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var after) && after >= TimeSpan.Zero ? new(after)
        : throw new InvalidOperationException($"Settlement:After is '{text}'; expected a time such as 00:00:30.");
}
