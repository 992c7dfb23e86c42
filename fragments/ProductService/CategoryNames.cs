namespace ProductService;

/// <summary>Shelves as addresses name them: <c>kitchen,desk</c>.</summary>
internal static class CategoryNames
{
    // More than the shop has; each is a parameter of the question.
    private const int Most = 20;

    public static string[] Read(params IEnumerable<string?> lists) =>
        [.. lists.SelectMany(list => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().Take(Most)];
}
