using Stitcher.Fragments;

namespace ProductService.Administration;

/// <summary>What the shelves' page shows.</summary>
internal sealed record CategoryView
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public required IReadOnlyList<ProductCategory> Shelves { get; init; }

    /// <summary>The form that was sent and refused; null when none was.</summary>
    public CategoryInput? Input { get; init; }

    public IReadOnlyDictionary<string, string> Errors { get; init; } = None;

    public string? Message { get; init; }

    public string? Done { get; init; }

    public FragmentMarkup Render(FragmentContext context) => FragmentMarkup.Html(
        $"""
        <section class="stockroom" data-module="products/CategoryManager">
          {Stockroom.Ways("/admin/categories")}
          <header class="stockroom-head"><h1>Shelves</h1><p>In the order in which customers see them. One with products on it cannot be deleted.</p></header>
          {Stockroom.Done(Done)}
          {(IsOfAForm ? null : Stockroom.Message(Message, []))}
          <ol class="stockroom-shelves">{Shelves.Select((shelf, index) => Shelf(shelf, index, context))}</ol>
          {New(context)}
        </section>
        """);

    // A form shows what is wrong with it itself; of what has no form of its own the page tells.
    private bool IsOfAForm => Input is { Act: "create" } || (Input is { Act: "rename" } && Shelves.Any(shelf => shelf.Slug == Input.Slug));

    private FragmentMarkup Shelf(ProductCategory shelf, int index, FragmentContext context)
    {
        var input = Input is { Act: "rename" } && Input.Slug == shelf.Slug ? Input : null;
        return FragmentMarkup.Html(
            $"""
            <li class="card">
              <form class="form" method="post" action="/admin/categories" data-live>
                {(input is null ? Stockroom.Message(null, []) : Stockroom.Message(Message, Links(shelf.Slug)))}
                {Hidden(context, shelf, "rename")}
                <div class="fields">
                  {Field(shelf.Slug, "name", $"Name of the shelf {shelf.Name}", input?.Name ?? shelf.Name, CategoryRules.LongestName, input is not null, isRequired: true)}
                  {Field(shelf.Slug, "blurb", "Its line", input?.Blurb ?? shelf.Blurb, CategoryRules.LongestBlurb, input is not null, isRequired: false)}
                </div>
                {(input is not null && (input.Name != shelf.Name || input.Blurb != shelf.Blurb) && Errors.Count == 0 ? FragmentMarkup.Html($"""<p class="field-theirs">It says now: “{shelf.Name}”, “{shelf.Blurb}”</p>""") : null)}
                <div class="buttons"><button class="button button-plain" type="submit">Save</button> <a href="/products?category={shelf.Slug}">{shelf.Products} {(shelf.Products == 1 ? "product" : "products")}</a></div>
              </form>
              <div class="buttons stockroom-moves">
                {Button(context, shelf, "up", "Up", index == 0)}
                {Button(context, shelf, "down", "Down", index == Shelves.Count - 1)}
                {(shelf.Products > 0 ? null : Button(context, shelf, "delete", "Delete", isOff: false))}
              </div>
            </li>
            """);
    }

    private FragmentMarkup New(FragmentContext context)
    {
        var input = Input is { Act: "create" } ? Input : null;
        return FragmentMarkup.Html(
            $"""
            <form class="form card stockroom-form" method="post" action="/admin/categories" data-live>
              <h2>A new shelf</h2>
              {Stockroom.Message(input is null ? null : Message, input is null ? [] : Links(""))}
              {context.FormToken(AdminDoor.Form)}
              <input type="hidden" name="act" value="create">
              <div class="fields">
                {Field("", "name", "Name", input?.Name ?? "", CategoryRules.LongestName, input is not null, isRequired: true)}
                {Field("", "blurb", "Its line", input?.Blurb ?? "", CategoryRules.LongestBlurb, input is not null, isRequired: false)}
              </div>
              <div class="buttons"><button class="button" type="submit">Put it up</button></div>
            </form>
            """);
    }

    private static FragmentMarkup Button(FragmentContext context, ProductCategory shelf, string act, string words, bool isOff) => FragmentMarkup.Html(
        $"""
        <form method="post" action="/admin/categories" data-live>
          {Hidden(context, shelf, act)}
          <button class="button button-quiet" type="submit" {FragmentMarkup.Attribute("disabled", isOff)}>{words}<span class="visually-hidden"> {shelf.Name}</span></button>
        </form>
        """);

    private static FragmentMarkup Hidden(FragmentContext context, ProductCategory shelf, string act) => FragmentMarkup.Html(
        $"""{context.FormToken(AdminDoor.Form)}<input type="hidden" name="act" value="{act}"><input type="hidden" name="slug" value="{shelf.Slug}"><input type="hidden" name="version" value="{shelf.Version}">""");

    private FragmentMarkup Field(string slug, string field, string label, string value, int longest, bool isWrongHere, bool isRequired)
    {
        var error = isWrongHere ? Errors.GetValueOrDefault(field) : null;
        return FragmentMarkup.Html(
            $"""
            <div class="field">
              <label class="label" for="{Id(slug, field)}">{label}</label>
              <input class="input" id="{Id(slug, field)}" name="{field}" value="{value}" maxlength="{longest}" autocomplete="off" {FragmentMarkup.Attribute("required", isRequired)} {FragmentMarkup.Attribute("aria-invalid", error is null ? null : "true")} aria-describedby="{Id(slug, field)}-error">
              <p class="field-error" id="{Id(slug, field)}-error" data-error-for="{field}">{error}</p>
            </div>
            """);
    }

    private IEnumerable<(string Id, string Words)> Links(string slug) => Errors.Select(error => (Id(slug, error.Key), error.Value));

    // A slug has no underscore, so the new shelf's fields meet nobody's.
    private static string Id(string slug, string field) => $"stockroom-{(slug.Length == 0 ? "_new" : slug)}-{field}";
}
