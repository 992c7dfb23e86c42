namespace OrderService;

/// <summary>How far an order has come. The database holds the names in lower case.</summary>
internal enum OrderStatus
{
    Placed,
    Packed,
    Shipped,
    Delivered,

    /// <summary>Sent back after it was delivered.</summary>
    Returned,

    /// <summary>Called off before it was packed.</summary>
    Cancelled,
}
