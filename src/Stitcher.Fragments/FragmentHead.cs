using System.Collections.Immutable;

namespace Stitcher.Fragments;

/// <summary>What an answer gives to the head of its page.</summary>
internal sealed record FragmentHead
{
    public static FragmentHead None { get; } = new();

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Canonical { get; init; }

    public ImmutableArray<string> Stylesheets { get; init; } = [];

    /// <value>Parts that a component rendered itself.</value>
    public FragmentMarkup? Rendered { get; init; }

    public bool IsEmpty => Title is null && Description is null && Canonical is null && Stylesheets.IsEmpty && Rendered is null;

    /// <summary>A whole document tells a gateway that its head belongs to the page's; a bare fragment has no head.</summary>
    public FragmentMarkup Around(FragmentMarkup body) => FragmentMarkup.Html(
        $"<!doctype html><html><head>{Parts()}</head><body>{body}</body></html>");

    private IEnumerable<FragmentMarkup> Parts()
    {
        if (Title is not null)
        {
            yield return FragmentMarkup.Html($"<title>{Title}</title>");
        }

        if (Description is not null)
        {
            yield return FragmentMarkup.Html($"<meta name=\"description\" content=\"{Description}\">");
        }

        if (Canonical is not null)
        {
            yield return FragmentMarkup.Html($"<link rel=\"canonical\" href=\"{Canonical}\">");
        }

        foreach (var stylesheet in Stylesheets)
        {
            yield return FragmentMarkup.Html($"<link rel=\"stylesheet\" href=\"{stylesheet}\">");
        }

        if (Rendered is not null)
        {
            yield return Rendered;
        }
    }
}
