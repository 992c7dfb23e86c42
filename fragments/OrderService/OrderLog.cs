namespace OrderService;

/// <summary>What the service writes down about itself. Never a cart's id, a name, an address or anything of a card.</summary>
internal static partial class OrderLog
{
    [LoggerMessage(1, LogLevel.Warning, "The products service could not be asked ({Question}): {Reason}")]
    public static partial void ShelvesAway(this ILogger logger, string question, string reason);

    [LoggerMessage(2, LogLevel.Information, "Order {Order} was placed")]
    public static partial void Ordered(this ILogger logger, int order);

    [LoggerMessage(3, LogLevel.Warning, "The checkout {Stock} had been cut off after it was paid; it is order {Order} now")]
    public static partial void OrderedLate(this ILogger logger, string stock, int order);

    [LoggerMessage(4, LogLevel.Warning, "The checkout {Stock} had been cut off before it was paid; what it had taken is back on the shelves and nothing was ordered")]
    public static partial void GivenUpLate(this ILogger logger, string stock);

    [LoggerMessage(5, LogLevel.Warning, "The checkout {Stock} cannot be settled while the products service is away; it is tried again in {Seconds} s")]
    public static partial void NotSettled(this ILogger logger, string stock, double seconds);

    [LoggerMessage(6, LogLevel.Error, "Checkouts that were cut off could not be settled; they are tried again")]
    public static partial void SettlementFailed(this ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "{Carts} carts that nobody came back for were forgotten")]
    public static partial void CartsForgotten(this ILogger logger, int carts);

    [LoggerMessage(8, LogLevel.Error, "The checkout {Stock} was cut off and could not be settled; it is tried again")]
    public static partial void CheckoutNotSettled(this ILogger logger, Exception exception, string stock);
}
