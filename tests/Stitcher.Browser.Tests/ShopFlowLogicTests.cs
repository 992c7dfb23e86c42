using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>What a service exposes that shows nothing by itself: modules that any page of the shop may import by name.</summary>
[Collection(ShopFlow.Name)]
public sealed class ShopFlowLogicTests(RealBrowser browser, ShopFlow flow)
{
    [Fact]
    [Trait("Meets", "products/Product products/ProductAPI products/ProductStore products/Kept")]
    public async Task Modules_without_a_face_are_imported_by_name_on_a_page_of_another_service_and_work()
    {
        await using var reader = await flow.EnterAsync(browser, ShopFlowWay.All[0]);
        await reader.GoAsync("/orders", "Your orders");

        Assert.Equal("€79.00 Write a name.", await reader.ImportAsync<string>(
            "products/Product", "({ Product, validate }) => `${new Product({ priceCents: 7900 }).formattedPrice} ${validate({ name: '' }).name}`"));
        Assert.Equal("Quayside kettle", await reader.ImportAsync<string>(
            "products/ProductAPI", "async ({ productApi }) => (await productApi.list({ search: 'kettle' })).items[0].name"));
        Assert.Equal("0 loading 1 Quayside kettle", await reader.ImportAsync<string>(
            "products/ProductStore",
            """
            async ({ createProductStore }) => {
              const told = [];
              const store = createProductStore();
              const off = store.subscribe(({ loading, items }) => told.push(loading ? 'loading' : items.length));
              await store.loadProducts({ search: 'kettle' });
              off();
              return `${told.join(' ')} ${store.items[0].name}`;
            }
            """));
        Assert.Equal("1 0", await reader.ImportAsync<string>(
            "products/Kept",
            """
            ({ keptThings, toggleKept }) => {
              const change = () => (toggleKept({ id: 7, name: 'Quayside kettle', cents: 7900 }), keptThings().length);
              return `${change()} ${change()}`;
            }
            """));
        reader.IsContent();
    }
}
