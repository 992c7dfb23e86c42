using System.ComponentModel.DataAnnotations;
using Stitcher.Fragments;

namespace NewFragment.Fragments;

/// <summary>A list that grows by a press of a button; without scripts, all of it is a link away.</summary>
internal static class NewFragmentPanel
{
    private static readonly string[] Entries =
    [
        "This fragment is made by Fragments/NewFragmentPanel.cs.",
        "What it looks like is in wwwroot/assets/new-fragment.css.",
        "What it does in the browser is in wwwroot/assets/new-fragment.js.",
        "tests/NewFragmentTests.cs holds it to what gateways expect.",
        "It works alone at its own address, and on any page by its slot.",
    ];

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("NewFragmentPanel", "/fragments/new-fragment-panel", Render)
        .WithDescription("A first fragment: a title and some entries.")
        .WithModule("new-fragment.js", "default")
        .WithStyles("new-fragment.css")
        .HydrateWhen("visible")
        .OpenToBrowsers()
        .CacheFor(TimeSpan.FromSeconds(30));

    private static FragmentMarkup Render(FragmentContext context, [Range(1, 20)] int limit = 3, [StringLength(60)] string title = "NewFragment") =>
        FragmentMarkup.Html(
            $"""
            <section class="new-fragment" aria-label="{title}" {context.Marks()}>
              <h2>{title}</h2>
              <ul>{Entries.Take(limit).Select(static entry => FragmentMarkup.Html($"<li>{entry}</li>"))}</ul>
              {(limit < Entries.Length ? FragmentMarkup.Html($"<button type=\"button\" data-more=\"{limit + 1}\" hidden>One more</button>") : null)}
            </section>
            """);
}
