using System.Text;
using Microsoft.Net.Http.Headers;

namespace ProductService.Pictures;

/// <summary>The pictures' addresses.</summary>
internal static class ProductPictures
{
    public static void Map(IEndpointRouteBuilder app) => app.MapMethods("/assets/products/{id:int}.svg", ["GET", "HEAD"], DrawAsync);

    private static async Task<IResult> DrawAsync(int id, ProductStore store, HttpResponse response, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } product)
        {
            return Results.NotFound();
        }

        // The same id and drawing give the same bytes until the drawings change with a new build, so the build's own identity is part of the validator.
        response.Headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400";
        return Results.Bytes(
            Encoding.UTF8.GetBytes(ProductPicture.Draw(product)),
            "image/svg+xml",
            entityTag: new EntityTagHeaderValue($"\"{typeof(ProductPictures).Module.ModuleVersionId:N}-{id}-{product.Drawing.Replace('/', '-')}\""));
    }
}
