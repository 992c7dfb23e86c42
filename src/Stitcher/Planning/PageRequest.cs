using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Stitcher.Planning;

/// <summary>What fragments may know of a request: the values their slots ask for, and nothing else. From here on there is no HttpContext.</summary>
internal sealed class PageRequest(string?[] values, bool inOrder, PublicAddress address, CancellationToken clientGone)
{
    /// <summary>What the browser asked for; for the page's own headers, not for fragments.</summary>
    public PublicAddress Address => address;

    /// <summary>The reader wants every slot in its place, the deferred ones too.</summary>
    public bool InOrder => inOrder;

    public ReadOnlySpan<string?> Values => values;

    public CancellationToken ClientGone => clientGone;

    public static PageRequest From(HttpContext context, PagePlan plan)
    {
        var values = plan.Values.IsEmpty ? [] : new string?[plan.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Read(context, plan.Values[i], plan);
        }

        return new PageRequest(values, plan.HasDeferred && ReadsInOrder(context, plan), PublicAddress.Of(context.Request), context.RequestAborted);
    }

    private static bool ReadsInOrder(HttpContext context, PagePlan plan)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return plan.InOrderAgents.Any(word => agent.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Read(HttpContext context, ValueSource source, PagePlan plan)
    {
        var value = source.Kind switch
        {
            ValueKind.Route => Convert.ToString(context.Request.RouteValues[source.Name], CultureInfo.InvariantCulture),
            ValueKind.Query => context.Request.Query[source.Name] is [var only, ..] ? only : null,
            ValueKind.Cookie => context.Request.Cookies[source.Name],
            ValueKind.User => context.User.FindFirst(source.Name)?.Value ?? (plan.DemoUser.TryGetValue(source.Name, out var claim) ? claim : null),
            _ => null,
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
