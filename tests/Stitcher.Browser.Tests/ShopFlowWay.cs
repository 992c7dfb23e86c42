namespace Stitcher.Browser.Tests;

/// <summary>How somebody goes through the shop, and who it is: nobody else does in these tests, so that each finds their account as they left it.</summary>
/// <param name="Look">The window.</param>
/// <param name="WithScript">False for readers who have switched JavaScript off.</param>
/// <param name="Email">By which they sign in.</param>
/// <param name="Name">How the shop calls them.</param>
internal sealed record ShopFlowWay(Look Look, bool WithScript, string Email, string Name)
{
    /// <summary>The password of everybody whom the shop opens with.</summary>
    public const string Password = "saltmarsh";

    public static ShopFlowWay[] All { get; } =
    [
        new(Look.Wide, true, "tomas@saltmarsh.example", "Tomas Åkerby"),
        new(Look.Wide, false, "priya@saltmarsh.example", "Priya Nand"),
        new(Look.Narrow, true, "luca@saltmarsh.example", "Luca Ferrin"),
        new(Look.Narrow, false, "kofi@saltmarsh.example", "Kofi Brandt"),
    ];

    /// <summary>The same way, gone by the administrator.</summary>
    public ShopFlowWay AsAdmin => this with { Email = "ada@saltmarsh.example", Name = "Ada Holt" };

    public override string ToString() => $"{Look}, {(WithScript ? "with" : "without")} scripts";
}
