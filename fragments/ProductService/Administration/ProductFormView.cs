using System.Globalization;
using ProductService.Pictures;
using Stitcher.Fragments;

namespace ProductService.Administration;

/// <summary>What the product's form shows.</summary>
internal sealed record ProductFormView
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The product as it is; null for a new one.</summary>
    public Product? Product { get; init; }

    public required ProductInput Input { get; init; }

    public required IReadOnlyList<ProductCategory> Shelves { get; init; }

    /// <summary>A sentence for each field that is wrong.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = None;

    /// <summary>A sentence for the whole form; null when nothing is wrong with it.</summary>
    public string? Message { get; init; }

    /// <summary>What has just been done.</summary>
    public string? Done { get; init; }

    /// <summary>Each field that differs is shown with what somebody else wrote there.</summary>
    public bool ShowsBoth { get; init; }

    private string Page => Product is null ? "/admin/products/new" : string.Create(CultureInfo.InvariantCulture, $"/admin/products/{Product.Id}");

    public FragmentMarkup Render(FragmentContext context) => FragmentMarkup.Html(
        $"""
        <section class="stockroom" data-module="products/ProductForm">
          {Stockroom.Ways(Page)}
          <header class="stockroom-head">
            {(Product is null ? FragmentMarkup.Html($"<h1>A new product</h1>") : FragmentMarkup.Html($"<h1>{Product.Name}</h1>"))}
            {(Product is null ? null : FragmentMarkup.Html($"""<p>{Product.Label}, <a href="/products/{Product.Id}">as customers see it</a></p>"""))}
          </header>
          {Stockroom.Done(Done)}
          <form class="form stockroom-form" method="post" action="{Page}" data-live>
            {Stockroom.Message(Message, Errors.Select(error => (Id(error.Key), error.Value)))}
            {context.FormToken(AdminDoor.Form)}
            {(Product is null ? null : FragmentMarkup.Html($"""<input type="hidden" name="version" value="{Input.Version}"><input type="hidden" name="stock-before" value="{Input.StockBefore}">"""))}
            {Line("name", "Name", Input.Name, ProductRules.LongestName, Product?.Name)}
            <div class="fields">
              {Shelf()}
              {Price()}
              {Stock()}
            </div>
            {Line("tagline", "Tagline", Input.Tagline, ProductRules.LongestTagline, Product?.Tagline)}
            {Description()}
            <div class="fields">
              {Line("maker", "Maker", Input.Maker, ProductRules.LongestName, Product?.Maker)}
              {Line("material", "Made of", Input.Material, ProductRules.LongestMaterial, Product?.Material, isRequired: false)}
              {Drawing()}
            </div>
            <div class="buttons">
              <button class="button" type="submit">{(Product is null ? "Put it on the shelf" : "Save")}</button>
              <a class="button button-plain" href="/admin">Back</a>
              {(Product is null ? null : FragmentMarkup.Html($"""<a class="button button-alert" href="{Page}/delete">Delete…</a>"""))}
            </div>
          </form>
        </section>
        """);

    private static string Id(string field) => $"stockroom-{field}";

    private FragmentMarkup Line(string field, string label, string value, int longest, string? theirs, bool isRequired = true) => Field(field, label, theirs, value, FragmentMarkup.Html(
        $"""<input class="input" id="{Id(field)}" name="{field}" value="{value}" maxlength="{longest}" autocomplete="off" {FragmentMarkup.Attribute("required", isRequired)} {Invalid(field)} {DescribedBy(field)}>"""));

    private FragmentMarkup Price() => Field("price", "Price in euros", Product is null ? null : ProductInput.Of(Product).Price, Input.Price, FragmentMarkup.Html(
        $"""<input class="input input-short" id="{Id("price")}" name="price" value="{Input.Price}" maxlength="12" inputmode="decimal" autocomplete="off" required {Invalid("price")} {DescribedBy("price")}>"""));

    private FragmentMarkup Stock() => Field("stock", "On the shelf", Product is null ? null : ProductInput.Of(Product).Stock, Input.Stock, FragmentMarkup.Html(
        $"""<input class="input input-short" id="{Id("stock")}" name="stock" value="{Input.Stock}" maxlength="6" inputmode="numeric" autocomplete="off" required {Invalid("stock")} {DescribedBy("stock")}>"""));

    private FragmentMarkup Description() => Field("description", "Description", Product?.Description, Input.Description, FragmentMarkup.Html(
        $"""
        <textarea class="input" id="{Id("description")}" name="description" maxlength="{ProductRules.LongestDescription}" rows="4" required {Invalid("description")} {DescribedBy("description")}>
        {Input.Description}</textarea>
        """));

    private FragmentMarkup Shelf()
    {
        var options = Shelves.Select(shelf => FragmentMarkup.Html(
            $"""<option value="{shelf.Slug}" {FragmentMarkup.Attribute("selected", shelf.Slug == Input.Category)}>{shelf.Name}</option>"""));
        return Field("category", "Shelf", Product?.CategoryName, Shelves.FirstOrDefault(shelf => shelf.Slug == Input.Category)?.Name ?? "", FragmentMarkup.Html(
            $"""<select class="input" id="{Id("category")}" name="category" required {Invalid("category")} {DescribedBy("category")}><option value="">Choose…</option>{options}</select>"""));
    }

    private FragmentMarkup Drawing()
    {
        var groups = ProductPicture.Drawings.GroupBy(drawing => drawing.Split('/')[0]).Select(sheet => FragmentMarkup.Html(
            $"""<optgroup label="{sheet.Key}">{sheet.Select(drawing => FragmentMarkup.Html($"""<option value="{drawing}" {FragmentMarkup.Attribute("selected", drawing == Input.Drawing)}>{drawing.Split('/')[1]}</option>"""))}</optgroup>"""));
        return Field("drawing", "Drawing", Product?.Drawing, Input.Drawing, FragmentMarkup.Html(
            $"""<select class="input" id="{Id("drawing")}" name="drawing" required {Invalid("drawing")} {DescribedBy("drawing")}><option value="">Choose…</option>{groups}</select>"""));
    }

    private FragmentMarkup Field(string field, string label, string? theirs, string mine, FragmentMarkup control) => FragmentMarkup.Html(
        $"""
        <div class="field">
          <label class="label" for="{Id(field)}">{label}</label>
          {control}
          {(Differs(theirs, mine) ? FragmentMarkup.Html($"""<p class="field-theirs">It says now: “{theirs}”</p>""") : null)}
          <p class="field-error" id="{Id(field)}-error" data-error-for="{field}">{Errors.GetValueOrDefault(field)}</p>
        </div>
        """);

    private bool Differs(string? theirs, string mine) => ShowsBoth && theirs is not null && theirs != mine;

    private FragmentAttribute? Invalid(string field) => FragmentMarkup.Attribute("aria-invalid", Errors.ContainsKey(field) ? "true" : null);

    // Always there: a script may write an error into it at any time.
    private static FragmentAttribute? DescribedBy(string field) => FragmentMarkup.Attribute("aria-describedby", $"{Id(field)}-error");
}
