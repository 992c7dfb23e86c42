namespace OrderService.Checkouts;

/// <summary>How far a checkout has come. The database holds the names in lower case.</summary>
internal enum CheckoutState
{
    /// <summary>Under way: the stock may be taken, the card may be charged.</summary>
    Begun,

    /// <summary>Nothing was or will be charged; what may be taken of the stock must go back.</summary>
    Returning,

    /// <summary>Nothing came of it, and nothing is left of it.</summary>
    Ended,

    /// <summary>There is an order.</summary>
    Ordered,
}
