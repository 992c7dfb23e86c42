namespace Stitcher.TestKit;

/// <summary>Something that the example shop exposes, as <c>fragments/README.md</c> has it.</summary>
/// <param name="Address">Service and name: <c>products/ProductCard</c>.</param>
/// <param name="Category">As its manifest has it.</param>
/// <param name="Fragment">Where its service answers with HTML; <see cref="ReadmeTable.None"/> for what has no face.</param>
/// <param name="Module">Its file.</param>
/// <param name="Alone">Where it is on its service's own page.</param>
/// <param name="Pages">A page of the shop that shows it, or that every page does.</param>
/// <param name="WithoutScripts">By which test it is used without JavaScript.</param>
/// <param name="WithScripts">By which test it is used with JavaScript.</param>
public sealed record ExposedThing(
    string Address, string Category, string Fragment, string Module, string Alone, string Pages, string WithoutScripts, string WithScripts)
{
    /// <summary>The readme, from the repository's root.</summary>
    public const string Readme = "fragments/README.md";

    /// <summary>In the column of pages, for what every page has.</summary>
    public const string EveryPage = "every";

    /// <summary>The whole table.</summary>
    public static IReadOnlyList<ExposedThing> All { get; } =
        [.. ReadmeTable.Rows(Readme, "what").Select(static row => row.Select(static cell => cell.Trim('`')).ToArray()).Select(static row => new ExposedThing(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]))];

    /// <summary>Whose it is.</summary>
    public string Service => Address.Split('/')[0];

    /// <summary>Its name there.</summary>
    public string Name => Address.Split('/')[1];

    /// <summary>Whether it shows something.</summary>
    public bool HasFragment => Fragment != ReadmeTable.None;

    /// <summary>All of one service.</summary>
    public static IReadOnlyList<ExposedThing> Of(string service) => [.. All.Where(thing => thing.Service == service)];
}
