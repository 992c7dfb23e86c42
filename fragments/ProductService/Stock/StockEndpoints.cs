using ProductService.Purging;

namespace ProductService.Stock;

/// <summary>
/// What the service that takes orders asks: <c>POST /stock/take</c> and <c>POST /stock/return</c>. No route of a gateway leads here, so only who is inside can ask.
/// </summary>
internal static class StockEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/stock/take", TakeAsync);
        app.MapPost("/stock/return", ReturnAsync);
    }

    private static async Task<IResult> TakeAsync(StockRequest request, StockTaking stock, GatewayPurge purge, CancellationToken ct)
    {
        if (request.Complaint(hasLines: true) is { } complaint)
        {
            return Results.Json(new { error = complaint }, statusCode: StatusCodes.Status400BadRequest);
        }

        var lines = request.Sums();
        if (await stock.TakeAsync(request.Key!, lines, ct) is [_, ..] gone)
        {
            return Results.Json(new { gone }, statusCode: StatusCodes.Status409Conflict);
        }

        await purge.ForgetAsync(lines.Select(line => line.Id), ct);
        return Results.Json(new { taken = lines });
    }

    private static async Task<IResult> ReturnAsync(StockRequest request, StockTaking stock, GatewayPurge purge, CancellationToken ct)
    {
        if (request.Complaint(hasLines: false) is { } complaint)
        {
            return Results.Json(new { error = complaint }, statusCode: StatusCodes.Status400BadRequest);
        }

        var back = await stock.ReturnAsync(request.Key!, ct);
        await purge.ForgetAsync(back, ct);
        return Results.Json(new { returned = back });
    }
}
