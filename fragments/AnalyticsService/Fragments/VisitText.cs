using System.Globalization;
using Stitcher.Fragments;

namespace AnalyticsService.Fragments;

/// <summary>Numbers and days as the reader writes them.</summary>
internal sealed class VisitText(Locale locale)
{
    public string Number(int number) => locale.Number(number);

    public string Number(double number, int digits) => locale.Number((decimal)number, digits);

    /// <summary>A share in percent, with a digit behind the point while it is small.</summary>
    public string Share(int part, int whole)
    {
        var percent = whole == 0 ? 0 : 100.0 * part / whole;
        return $"{Number(percent, percent is > 0 and < 10 ? 1 : 0)} %";
    }

    public string Day(DateOnly day) => locale.DayOfYear(day);

    public FragmentMarkup Time(DateOnly day) => FragmentMarkup.Html(
        $"""<time datetime="{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}">{locale.DayOfYear(day)}</time>""");
}
