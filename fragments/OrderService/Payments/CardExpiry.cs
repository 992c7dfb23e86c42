using System.Globalization;

namespace OrderService.Payments;

/// <summary>The month up to whose end a card is good.</summary>
internal static class CardExpiry
{
    /// <param name="typed">Month and year, <c>04/29</c>; of that form, as the field's pattern says.</param>
    /// <param name="now">The time.</param>
    public static bool IsOver(string typed, DateTimeOffset now)
    {
        var month = int.Parse(typed.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var year = 2000 + int.Parse(typed.AsSpan(typed.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
        return (year * 12) + month < (now.UtcDateTime.Year * 12) + now.UtcDateTime.Month;
    }
}
