namespace OrderService.Shelves;

/// <summary>What came of taking things from the shelves.</summary>
/// <param name="IsAway">Nobody knows: there was no answer, or none that makes sense. They may be taken.</param>
/// <param name="Gone">What there is too little of; then nothing was taken. Empty when everything was.</param>
internal sealed record ShelfTake(bool IsAway, IReadOnlyList<ShelfShortage> Gone)
{
    public static ShelfTake Unknown { get; } = new(true, []);

    public static ShelfTake Done { get; } = new(false, []);
}
