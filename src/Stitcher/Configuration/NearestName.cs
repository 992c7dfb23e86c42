namespace Stitcher.Configuration;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The alternatives as a clause: each quoted, the likely one repeated as a question.</summary>
    public static string OneOf(string written, IEnumerable<string> names)
    {
        var sorted = names.Order(StringComparer.OrdinalIgnoreCase).ToArray();
        if (sorted.Length == 0)
        {
            return "another, but there are none";
        }

        var list = string.Join(", ", sorted.Select(name => $"'{name}'"));
        var nearest = Find(written, sorted);
        return (sorted.Length == 1 ? list : "one of " + list) + (nearest is null ? "" : $" (did you mean '{nearest}'?)");
    }

    private static string? Find(string written, string[] names)
    {
        // A third of the letters may be wrong: enough for slips of the fingers, too few to suggest another word.
        var best = names.Select(name => (name, distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(candidate => candidate.distance)
            .FirstOrDefault();
        return best.name is not null && best.distance <= Math.Max(1, Math.Min(written.Length, best.name.Length) / 3) ? best.name : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.</summary>
    private static int Distance(string one, string other)
    {
        var cost = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(i, j);
            }
        }

        return cost[one.Length, other.Length];

        int Cheapest(int i, int j)
        {
            var replaced = cost[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            var cheapest = Math.Min(replaced, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
            var swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            return swapped ? Math.Min(cheapest, cost[i - 2, j - 2] + 1) : cheapest;
        }
    }
}
