using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>A products service of one's own, for tests that change what is on the shelves: it is asked as a gateway asks, with its word on who it is for.</summary>
public sealed class StockroomService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProcess? _service;

    public ServiceProcess Service => _service!;

    public string Database => _folder.File("products.db");

    /// <summary>What a new product's form is sent with, all of it right.</summary>
    public static Dictionary<string, string> Fields(string name) => new()
    {
        ["name"] = name,
        ["category"] = "kitchen",
        ["price"] = "24.50",
        ["stock"] = "3",
        ["tagline"] = "For testing the tea",
        ["description"] = "Holds what it must.\nAnd a little more.",
        ["maker"] = "Fallow Kiln",
        ["material"] = "Stoneware",
        ["drawing"] = "kitchen/mug",
    };

    public async ValueTask InitializeAsync() => _service = await ShopServices.StartAsync("products", Database);

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _folder.Dispose();
    }

    internal Task<FragmentAnswer> SeesAsync(string path, string user = "1", string role = "admin") =>
        FragmentAnswer.OfAsync(Service, path, IdentityToken.For("products", user, role));

    /// <summary>The fields of a fragment's first form of this address, as a browser would send them untouched.</summary>
    internal async Task<Dictionary<string, string>> FormAsync(string path, string action, string user = "1")
    {
        var answer = await SeesAsync(path, user);
        return FieldsOf(answer.Page, action);
    }

    internal static Dictionary<string, string> FieldsOf(IParentNode page, string action, string act = "")
    {
        var form = page.QuerySelectorAll($"form[method=post][action='{action}']").OfType<IHtmlFormElement>()
            .First(form => act.Length == 0 || form.QuerySelector("input[name=act]")?.GetAttribute("value") == act);
        return form.Elements.OfType<IHtmlElement>().Where(element => element.HasAttribute("name")).ToDictionary(
            element => element.GetAttribute("name")!,
            element => element switch
            {
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value ?? "",
                IHtmlInputElement input => input.Value,
                _ => "",
            });
    }

    /// <summary>Sends a form as an administrator, with the token of the form of a new product unless it has one.</summary>
    internal async Task<HttpResponseMessage> PostAsync(
        string path, Dictionary<string, string> fields, string? identity = null, bool asScript = false, bool withToken = true)
    {
        if (withToken && !fields.ContainsKey("form-token"))
        {
            fields = new(fields) { ["form-token"] = (await FormAsync("/fragments/product-form", "/admin/products/new"))["form-token"] };
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add(IdentityToken.Header, identity ?? IdentityToken.For("products", "1", "admin"));
        request.Headers.Accept.ParseAdd(asScript ? "application/json" : "text/html");
        return await Service.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Puts a product on the shelves, by its form.</summary>
    internal async Task<int> CreateAsync(Dictionary<string, string> fields)
    {
        using var answer = await PostAsync("/admin/products/new", fields);
        var location = answer.Headers.Location?.OriginalString ?? $"(no location, but {(int)answer.StatusCode})";
        Assert.Matches("^/admin/products/[0-9]+\\?done=created$", location);
        return int.Parse(location["/admin/products/".Length..^"?done=created".Length], null);
    }
}
