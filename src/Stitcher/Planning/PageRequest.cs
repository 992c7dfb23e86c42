using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stitcher.Diagnostics;
using Stitcher.Upstream;

namespace Stitcher.Planning;

/// <summary>What fragments may know of a request: the values their slots and services ask for, and nothing else. From here on there is no HttpContext.</summary>
internal sealed class PageRequest(string?[] values, bool inOrder, PublicAddress address, CancellationToken clientGone)
{
    /// <summary>What the browser asked for; for the page's own headers, not for fragments.</summary>
    public PublicAddress Address => address;

    /// <summary>The reader wants every slot in its place, the deferred ones too.</summary>
    public bool InOrder => inOrder;

    public ReadOnlySpan<string?> Values => values;

    public CancellationToken ClientGone => clientGone;

    /// <summary>The request's name, told to every service.</summary>
    public RequestId Id { get; private init; }

    /// <summary>What the page's modules are told of shared state, as it stands in the page.</summary>
    public ReadOnlyMemory<byte> Topics { get; private init; }

    /// <summary>Something that its address says was left out already, since a fragment does not take it.</summary>
    public bool IsCorrected { get; private init; }

    /// <summary>Who asks; null when nobody is signed in, or no service of the page wants to know.</summary>
    public Visitor? Visitor { get; private init; }

    public static PageRequest From(HttpContext context, PagePlan plan)
    {
        var values = plan.Values.IsEmpty ? [] : new string?[plan.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Read(context, plan.Values[i], plan);
        }

        return new PageRequest(values, plan.HasDeferred && ReadsInOrder(context, plan), PublicAddress.Of(context.Request), context.RequestAborted)
        {
            Id = RequestId.Of(context),
            Visitor = plan.Visitors?.Read(context.User),
            Topics = plan.Topics?.For(context) ?? default,
        };
    }

    /// <summary>The same request as if its address did not say something.</summary>
    /// <param name="places">What, by its places among the values.</param>
    public PageRequest Without(ImmutableArray<int> places)
    {
        var fewer = values.ToArray();
        foreach (var place in places)
        {
            fewer[place] = null;
        }

        return new PageRequest(fewer, inOrder, address, clientGone) { Id = Id, Topics = Topics, Visitor = Visitor, IsCorrected = true };
    }

    /// <summary>Whether a query parameter that the page's slots read is given twice, and this must not be.</summary>
    public static bool IsAmbiguous(HttpContext context, PagePlan plan)
    {
        if (!plan.RefusesRepeated || !context.Request.QueryString.HasValue)
        {
            return false;
        }

        foreach (var source in plan.Values)
        {
            if (source.Kind == ValueKind.Query && context.Request.Query[source.Name].Count > 1)
            {
                return true;
            }
        }

        return false;
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
            ValueKind.User => context.User.FindFirst(source.Name)?.Value,
            ValueKind.Header => RequestHeaders.Value(context.Request.Headers, source.Name),
            ValueKind.ForwardedCookie => RequestHeaders.Cookie(context.Request.Headers, source.Name),
            ValueKind.Language => PreferredLanguage.Of(context.Request.Headers.AcceptLanguage, plan.Languages),
            ValueKind.PublicHost => context.Request.Host.ToUriComponent(),
            ValueKind.PublicScheme => context.Request.Scheme,
            ValueKind.ClientAddress => AddressOf(context.Connection),
            _ => null,
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    // One client is one client, however the listener writes its address.
    private static string? AddressOf(ConnectionInfo connection) =>
        (connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : connection.RemoteIpAddress)?.ToString();
}
