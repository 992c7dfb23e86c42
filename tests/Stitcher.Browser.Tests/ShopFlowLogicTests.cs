using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>What a service exposes that shows nothing by itself: modules that any page of the shop may import by name.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowLogicTests(RealBrowser browser, ShopFlow flow)
{
    [Fact]
    public async Task Modules_without_a_face_are_imported_by_name_on_a_page_of_another_service_and_work()
    {
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[0]);
        await reader.GoAsync("/orders", "Your orders");

        Assert.Equal("€79.00 Write a name.", await reader.Window.EvaluateAsync<string>(
            "import('products/Product').then(({ Product, validate }) => `${new Product({ priceCents: 7900 }).formattedPrice} ${validate({ name: '' }).name}`)"));
        Assert.Equal("Quayside kettle", await reader.Window.EvaluateAsync<string>(
            "import('products/ProductAPI').then(async ({ productApi }) => (await productApi.list({ search: 'kettle' })).items[0].name)"));
        Assert.Equal("0 loading 1 Quayside kettle", await reader.Window.EvaluateAsync<string>(
            """
            import('products/ProductStore').then(async ({ createProductStore }) => {
              const told = [];
              const store = createProductStore();
              const off = store.subscribe(({ loading, items }) => told.push(loading ? 'loading' : items.length));
              await store.loadProducts({ search: 'kettle' });
              off();
              return `${told.join(' ')} ${store.items[0].name}`;
            })
            """));
        reader.IsContent();
    }
}
