namespace OrderService.Carts;

/// <summary>Why something was not put into a cart.</summary>
internal enum CartObstacle
{
    None,

    /// <summary>There would be more than 99 of it.</summary>
    TooMany,

    /// <summary>There are not so many on the shelf.</summary>
    NotEnough,

    /// <summary>There are 50 different things in it.</summary>
    Full,
}
