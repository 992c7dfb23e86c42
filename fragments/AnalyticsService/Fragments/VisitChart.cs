using System.Globalization;
using System.Text;
using Stitcher.Fragments;

namespace AnalyticsService.Fragments;

/// <summary>Draws visits. Shapes are SVG and stretch with the page; numbers and dates are text beside them and do not.</summary>
internal static class VisitChart
{
    private const int Width = 900;
    private const int Height = 260;

    /// <summary>One bar a day, with a scale and some dates.</summary>
    public static FragmentMarkup Draw(IReadOnlyList<VisitDay> days, VisitText text)
    {
        var top = RoundUp(days.Max(day => day.Visits));
        var step = (double)Width / days.Count;
        var gap = days.Count > 60 ? 1.5 : days.Count > 20 ? 5 : 24;
        var bars = days.Select((day, index) => FragmentMarkup.Html(
            $"""
            <rect class="{(day.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "chart-bar chart-weekend" : "chart-bar")}" x="{(index * step) + (gap / 2):0.##}" y="{Height - Scaled(day.Visits, top):0.#}" width="{step - gap:0.##}" height="{Scaled(day.Visits, top):0.#}"><title>{text.Day(day.Day)}: {text.Number(day.Visits)}</title></rect>
            """));
        int[] marks = [0, days.Count / 3, days.Count * 2 / 3, days.Count - 1];
        return FragmentMarkup.Html(
            $"""
            <figure class="chart">
              <div class="chart-scale" aria-hidden="true"><span>{text.Number(top)}</span><span>{text.Number(top / 2)}</span><span>0</span></div>
              <svg viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{Summary(days, text)}">
                <path class="chart-grid" d="M0 .5h{Width}M0 {Height / 2}h{Width}M0 {Height - 0.5}h{Width}"/>
                {bars}
              </svg>
              <div class="chart-days" aria-hidden="true">{marks.Select(mark => FragmentMarkup.Html($"<span>{text.Day(days[mark].Day)}</span>"))}</div>
              <p class="chart-told" aria-hidden="true"></p>
            </figure>
            """);
    }

    /// <summary>A line without a scale, for a glance.</summary>
    public static FragmentMarkup Spark(IReadOnlyList<VisitDay> days, VisitText text)
    {
        var top = Math.Max(1, days.Max(day => day.Visits));
        var line = new StringBuilder();
        foreach (var (index, day) in days.Index())
        {
            line.Append(index == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{index * 240.0 / Math.Max(1, days.Count - 1):0.#} {60 - (52.0 * day.Visits / top):0.#}");
        }

        return FragmentMarkup.Html(
            $"""
            <svg class="spark" viewBox="-4 0 248 64" role="img" aria-label="{Summary(days, text)}">
              <path class="spark-area" d="{line.ToString()}L240 64L0 64z"/>
              <path class="spark-line" d="{line.ToString()}"/>
            </svg>
            """);
    }

    private static string Summary(IReadOnlyList<VisitDay> days, VisitText text)
    {
        var best = days.MaxBy(day => day.Visits)!;
        var least = days.MinBy(day => day.Visits)!;
        return $"Visits from {text.Day(days[0].Day)} to {text.Day(days[^1].Day)}: between {text.Number(least.Visits)} and {text.Number(best.Visits)} a day, most on {text.Day(best.Day)}.";
    }

    private static double Scaled(int visits, int top) => (double)Height * visits / top;

    private static int RoundUp(int most) => Math.Max(10, (most + 19) / 20 * 20);
}
