using Stitcher.Fragments;

namespace ProductService.Administration;

/// <summary>What the fragments of the stockroom have in common.</summary>
internal static class Stockroom
{
    public const string Styles = "stockroom.css";

    /// <summary>The way round the stockroom.</summary>
    /// <param name="here">The address of the page it stands on.</param>
    public static FragmentMarkup Ways(string here)
    {
        (string Address, string Words)[] ways = [("/admin", "Products"), ("/admin/products/new", "New product"), ("/admin/categories", "Shelves")];
        var links = ways.Select(way => FragmentMarkup.Html(
            $"""<li><a class="chip" href="{way.Address}" {FragmentMarkup.Attribute("aria-current", way.Address == here ? "page" : null)}>{way.Words}</a></li>"""));
        return FragmentMarkup.Html($"""<nav class="stockroom-ways" aria-label="Stockroom"><ul class="chips">{links}</ul></nav>""");
    }

    /// <summary>A sentence about what has just been done; nothing for a word that is not known.</summary>
    public static FragmentMarkup? Done(string? done)
    {
        var words = done switch
        {
            "created" => "It stands on its shelf.",
            "saved" => "Saved. The shop shows it already.",
            "deleted" => "It is off the shelves.",
            "shelf-created" => "The new shelf is there, and empty.",
            "shelf-saved" => "The shelf has its new name.",
            "shelf-moved" => "The shelves stand in their new order.",
            "shelf-deleted" => "The shelf is gone.",
            _ => null,
        };
        return words is null ? null : FragmentMarkup.Html($"""<p class="message message-good" role="status">{words}</p>""");
    }

    /// <summary>What a form says above its fields: empty, for a script to fill, or a sentence and a way to each field that is wrong.</summary>
    public static FragmentMarkup Message(string? message, IEnumerable<(string Id, string Words)> errors) =>
        FragmentMarkup.Html($"""<div class="form-message" role="alert">{FormSentences.Of(message, errors)}</div>""");

    /// <summary>The way to a page of the stockroom that says what has been done.</summary>
    public static string After(string page, string done) => $"{page}?done={done}";
}
