using Stitcher.Fragments;

namespace AnalyticsService.Fragments;

/// <summary>What every form of the dashboard has on it.</summary>
/// <param name="Marks">What browsers start and refresh it by.</param>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or nothing: the reader's own.</param>
/// <param name="Text">Writes numbers and days.</param>
internal sealed record BoardLook(FragmentAttributes Marks, string? Theme, VisitText Text)
{
    public FragmentAttribute? ThemeMark => string.IsNullOrEmpty(Theme) ? null : FragmentMarkup.Attribute("data-theme", Theme);
}
