namespace Stitcher.Browser.Tests;

/// <summary>How a window looks.</summary>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="IsDark">The reader prefers dark colours.</param>
public sealed record Look(int Width, int Height, bool IsDark)
{
    public static Look Wide { get; } = new(1440, 1000, false);

    public static Look WideAndDark { get; } = Wide with { IsDark = true };

    public static Look Narrow { get; } = new(390, 844, false);

    public static Look NarrowAndDark { get; } = Narrow with { IsDark = true };

    public static Look[] All { get; } = [Wide, WideAndDark, Narrow, NarrowAndDark];

    public override string ToString() => $"{Width} px, {(IsDark ? "dark" : "light")}";
}
