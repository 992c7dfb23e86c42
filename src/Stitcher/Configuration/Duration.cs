using System.Globalization;

namespace Stitcher.Configuration;

/// <summary>Times as people write them: <c>800ms</c>, <c>2s</c>, <c>1.5m</c>, <c>1h</c>, <c>7d</c>, or .NET's <c>00:00:02</c>.</summary>
internal static class Duration
{
    // Longest unit first, so that "ms" is not read as "s" behind a number that ends in "m".
    private static readonly (string Unit, double Milliseconds)[] Units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads a time. A number without a unit is refused: .NET would take <c>2</c> for two days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        text = text.Trim();
        if (text.Contains(':'))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
        }

        duration = default;
        var (unit, milliseconds) = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        if (unit is null
            || !double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * milliseconds > TimeSpan.MaxValue.TotalMilliseconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(number * milliseconds);
        return true;
    }

    /// <summary>Writes a time in the shortest of the forms that <see cref="TryParse"/> reads.</summary>
    public static string Format(TimeSpan duration)
    {
        var milliseconds = duration.TotalMilliseconds;
        var (unit, size) = milliseconds == 0 ? Units[0] : Array.FindLast(Units, u => milliseconds % u.Milliseconds == 0);
        return unit is null
            ? duration.ToString("c", CultureInfo.InvariantCulture)
            : (milliseconds / size).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
