using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;

namespace Stitcher.Fragments.Components;

/// <summary>The component of a fragment, inside what every component of it may know: the request and its fragment's context.</summary>
internal sealed class ComponentRoot : ComponentBase
{
    [Parameter]
    public required HttpContext Http { get; set; }

    [Parameter]
    public required FragmentContext Context { get; set; }

    [Parameter]
    public required Type Component { get; set; }

    [Parameter]
    public required ComponentValues Values { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Cascade(builder, Http, inner => Cascade(inner, Context, innermost =>
        {
            innermost.OpenComponent(0, Component);
            innermost.AddMultipleAttributes(1, Values.Parameters!);
            innermost.CloseComponent();
        }));
    }

    private static void Cascade<T>(RenderTreeBuilder builder, T value, RenderFragment content)
    {
        builder.OpenComponent<CascadingValue<T>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), value);
        builder.AddComponentParameter(2, nameof(CascadingValue<>.IsFixed), true);
        builder.AddComponentParameter(3, nameof(CascadingValue<>.ChildContent), content);
        builder.CloseComponent();
    }
}
