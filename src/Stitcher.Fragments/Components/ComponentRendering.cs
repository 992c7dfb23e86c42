using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stitcher.Fragments.Components;

/// <summary>Makes a fragment's answer of a component.</summary>
internal static class ComponentRendering
{
    public static async Task<FragmentResult> RenderAsync(HttpContext context, Type component, ComponentValues values)
    {
        var fragment = await FragmentContext.BindAsync(context, null!)
            ?? throw new InvalidOperationException("The request has no fragment's context.");
        var services = new ComponentServices(context, component, values);
        await using var renderer = new HtmlRenderer(services, context.RequestServices.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            // Titles and head content of any component end up here.
            var head = renderer.BeginRenderingComponent<HeadOutlet>();
            var body = renderer.BeginRenderingComponent<ComponentRoot>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(ComponentRoot.Http)] = context,
                [nameof(ComponentRoot.Context)] = fragment,
                [nameof(ComponentRoot.Component)] = component,
                [nameof(ComponentRoot.Values)] = values,
            }));

            // A component that does not look at the request's token must not hold the answer back.
            await body.QuiescenceTask.WaitAsync(context.RequestAborted);
            var parts = head.ToHtmlString();
            var status = services.Navigation.IsNotFound ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            return new FragmentResult(status, FragmentMarkup.Trusted(body.ToHtmlString()))
            {
                Head = FragmentHead.None with { Rendered = parts.Length == 0 ? null : FragmentMarkup.Trusted(parts) },
            };
        });
    }
}
