using Microsoft.AspNetCore.Http;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Answers what nobody else does at a page's address: what can be asked there (<c>OPTIONS</c>), and that this cannot (405).</summary>
internal sealed class PageMethodsEndpoint(AllowedMethods allowed)
{
    public async Task InvokeAsync(HttpContext context, PagePlan plan)
    {
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            await PageEndpoint.RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, allowed.At(context));
            return;
        }

        if (!RequestShape.IsPlain(context))
        {
            await PageEndpoint.RefuseAsync(context, StatusCodes.Status400BadRequest);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = allowed.At(context);
        context.Response.Headers.CacheControl = "no-store";
    }
}
