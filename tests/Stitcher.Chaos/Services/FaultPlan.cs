using System.Globalization;

namespace Stitcher.Chaos.Services;

/// <summary>Which answers a fault service spoils, and how.</summary>
/// <param name="Kinds">One of these is drawn for each answer that is spoilt.</param>
/// <param name="Share">How many of the answers are spoilt: 0 to 1.</param>
/// <param name="Paths">The beginnings of the paths it holds for; none for all.</param>
internal sealed record FaultPlan(IReadOnlyList<FaultKind> Kinds, double Share, IReadOnlyList<string> Paths)
{
    /// <summary>Every answer is as it should be.</summary>
    public static FaultPlan None { get; } = new([], 0, []);

    /// <summary>Draws for one answer.</summary>
    /// <returns>Null for an answer as it should be.</returns>
    public FaultKind? Draw(string path)
    {
        if (Kinds.Count == 0 || (Paths.Count > 0 && !Paths.Any(start => path.StartsWith(start, StringComparison.Ordinal))))
        {
            return null;
        }

        return Random.Shared.NextDouble() < Share ? Kinds[Random.Shared.Next(Kinds.Count)] : null;
    }

    /// <summary>The query string that carries the plan to a service.</summary>
    public string ToQuery() =>
        $"kinds={string.Join(',', Kinds)}&share={Share.ToString(CultureInfo.InvariantCulture)}&paths={string.Join(',', Paths)}";

    /// <summary>Reads what <see cref="ToQuery"/> wrote.</summary>
    public static FaultPlan Parse(string query)
    {
        var fields = query.Split('&').Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => field[^1]);
        return new FaultPlan(
            [.. Words(fields["kinds"]).Select(Enum.Parse<FaultKind>)],
            double.Parse(fields["share"], CultureInfo.InvariantCulture),
            Words(fields["paths"]));
    }

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
