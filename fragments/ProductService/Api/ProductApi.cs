using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using ProductService.Search;

namespace ProductService.Api;

/// <summary>The shelves for programs: <c>GET /api/products</c> and <c>GET /api/products/{id}</c>.</summary>
internal static class ProductApi
{
    private const int LargestSize = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] ReadMethods = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/api/products", ReadMethods, ListAsync);
        app.MapMethods("/api/products/{id:int}", ReadMethods, FindAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ProductStore store, CancellationToken ct)
    {
        var query = context.Request.Query;
        var search = query["search"].ToString();
        if (search.Length > SearchTerms.Longest)
        {
            return Wrong($"'search' is longer than {SearchTerms.Longest} characters.");
        }

        if (ProductOrders.Read(query["sort"]) is not { } order)
        {
            return Wrong($"'sort' is none of {string.Join(", ", ProductOrders.All.Select(row => row.Name).Where(name => name.Length > 0))}.");
        }

        if (Number(query["page"], fallback: 1, most: 10_000) is not { } page || Number(query["size"], fallback: 24, LargestSize) is not { } size)
        {
            return Wrong($"'page' is no whole number from 1 to 10000, or 'size' none from 1 to {LargestSize}.");
        }

        var found = await store.FindAsync(
            new ProductQuery { Search = search, Categories = CategoryNames.Read(query["category"]), Order = order, Page = page, Size = size }, ct);
        return Answer(context, new
        {
            items = found.Items.Select(ProductBody.Of),
            total = found.Total,
            page = found.Page,
            pages = found.Pages,
            categories = found.Shelves.Select(shelf => new { slug = shelf.Slug, name = shelf.Name, products = shelf.Products }),
        });
    }

    private static async Task<IResult> FindAsync(int id, HttpContext context, ProductStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } product
            ? Answer(context, ProductBody.Of(product))
            : Results.Json(new { error = $"there is no product {id}." }, statusCode: StatusCodes.Status404NotFound);

    /// <summary>May be kept and must be asked about each time: a price that was changed is never an old one, and an unchanged one costs a header.</summary>
    private static IResult Answer(HttpContext context, object body)
    {
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(utf8).AsSpan(0, 12))}\"");
        context.Response.Headers.CacheControl = "public, no-cache";
        context.Response.Headers.ETag = tag.ToString();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var asked = new RequestHeaders(context.Request.Headers).IfNoneMatch;
        return asked.Any(candidate => candidate == EntityTagHeaderValue.Any || candidate.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(utf8, "application/json; charset=utf-8");
    }

    private static int? Number(string? text, int fallback, int most) =>
        string.IsNullOrEmpty(text) ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : null;

    private static IResult Wrong(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status400BadRequest);
}
