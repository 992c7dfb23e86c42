using Stitcher.Fragments;

namespace ProductService.Administration;

/// <summary>The question whether a product should really go.</summary>
/// <param name="Message">Why it was not deleted just now; null when nobody tried.</param>
internal sealed record ProductRemovalView(Product Product, string? Message = null)
{
    public FragmentMarkup Render(FragmentContext context) => FragmentMarkup.Html(
        $"""
        <section class="stockroom" data-module="products/ProductForm">
          {Stockroom.Ways("")}
          <header class="stockroom-head"><h1>Delete “{Product.Name}”?</h1></header>
          <p>It goes off its shelf for good, with its page. Orders that name it keep their lines.</p>
          <form class="form stockroom-form" method="post" action="/admin/products/{Product.Id}/delete" data-live>
            {Stockroom.Message(Message, [])}
            {context.FormToken(AdminDoor.Form)}
            <input type="hidden" name="version" value="{Product.Version}">
            <div class="buttons">
              <button class="button button-alert" type="submit">Yes, delete it</button>
              <a class="button button-plain" href="/admin/products/{Product.Id}">No, keep it</a>
            </div>
          </form>
        </section>
        """);
}
