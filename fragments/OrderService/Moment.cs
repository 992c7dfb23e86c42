using System.Globalization;

namespace OrderService;

/// <summary>Points in time as the database holds them: in UTC, to the second, in an order that is the order of their texts.</summary>
internal static class Moment
{
    private const string Format = "yyyy-MM-ddTHH:mm:ssZ";

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
