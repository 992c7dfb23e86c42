using System.Globalization;

namespace ProductService.Pictures;

/// <summary>The colours of one picture. Each category has four walls and four pairs of colours for its things.</summary>
internal sealed record ProductPalette
{
    private static readonly Dictionary<string, Hues> Schemes = new()
    {
        ["kitchen"] = new(["#e3b48c", "#cfc39b", "#b9c7ab", "#e0a487"], ["#1f6a5f", "#b1452b", "#2f4d6b", "#d99a2f"], ["#e9c46a", "#f1e3c8", "#d9603b", "#24544c"]),
        ["lighting"] = new(["#2c4557", "#3f4a66", "#245049", "#57465c"], ["#d65f3a", "#7fb8a8", "#dfae4b", "#c7d2cf"], ["#f1c65d", "#e88a5c", "#9fd0c0", "#d65f3a"]),
        ["desk"] = new(["#9fbccb", "#c2cad2", "#b0c4b6", "#d6c5ab"], ["#24405f", "#93392f", "#2c6a5d", "#c98f25"], ["#e2b14c", "#d9694a", "#f0dcae", "#2f5675"]),
        ["trail"] = new(["#8cae97", "#b9c08b", "#98b6bb", "#cbb289"], ["#c2542d", "#275a50", "#d29b30", "#324a6b"], ["#efc768", "#e8dcc0", "#8f3a2a", "#1f4a44"]),
        ["garden"] = new(["#c9dcab", "#e6d69f", "#b2d3c4", "#e4bf9e"], ["#4a7d43", "#2b6b65", "#6f8735", "#2f6f4f"], ["#c8633b", "#d9783f", "#e0a63a", "#b4522f"]),
        ["textiles"] = new(["#d7b3bc", "#c3bfda", "#e0c7b0", "#afcacd"], ["#7a374f", "#384d76", "#b1503a", "#2b6863"], ["#e7b95a", "#d87f6a", "#f0dfc2", "#c26a86"]),
    };

    public static IEnumerable<string> Categories => Schemes.Keys;

    public required string Wall { get; init; }

    public required string Glow { get; init; }

    public required string Table { get; init; }

    public required string Shade { get; init; }

    private IReadOnlyList<(string Name, string Colour)> Paints { get; init; } = [];

    public static ProductPalette For(string category, int id)
    {
        var hues = Schemes[category];

        // Neighbours in a category are six ids apart; the two divisors keep wall and thing from changing in step.
        var wall = hues.Walls[id / 6 % hues.Walls.Length];
        var thing = hues.Things[(id / 6 + id / 24) % hues.Things.Length];
        var accent = hues.Accents[(id / 6 + id / 12) % hues.Accents.Length];
        return new ProductPalette
        {
            Wall = wall,
            Glow = Mix(wall, "#fff6e0", category == "lighting" ? .14 : .42),
            Table = Mix(wall, "#2a2018", .2),
            Shade = Mix(wall, "#0d1a18", .62),
            Paints =
            [
                ("$a", thing), ("$b", Mix(thing, "#08110f", .28)), ("$c", accent), ("$d", "#b98754"), ("$e", "#8c5f37"),
                ("$g", category == "textiles" ? "#6f9a5b" : "#ffd98a"), ("$k", "#26302f"), ("$l", "#f6efe0"), ("$m", "#cfd3cf"), ("$n", "#8d9896"),
            ],
        };
    }

    /// <summary>Puts colours in the place of their names.</summary>
    public string Paint(string drawing)
    {
        foreach (var (name, colour) in Paints)
        {
            drawing = drawing.Replace($"\"{name}\"", $"\"{colour}\"", StringComparison.Ordinal);
        }

        return drawing;
    }

    private static string Mix(string colour, string with, double share)
    {
        var mixed = new int[3];
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] = (int)Math.Round(Channel(colour, i) * (1 - share) + Channel(with, i) * share);
        }

        return $"#{mixed[0]:x2}{mixed[1]:x2}{mixed[2]:x2}";
    }

    private static int Channel(string colour, int index) =>
        int.Parse(colour.AsSpan(1 + 2 * index, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private sealed record Hues(string[] Walls, string[] Things, string[] Accents);
}
