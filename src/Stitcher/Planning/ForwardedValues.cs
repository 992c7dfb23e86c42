using System.Collections.Immutable;
using Stitcher.Configuration;

namespace Stitcher.Planning;

/// <summary>Decides what a service's fragments may know of a request.</summary>
internal static class ForwardedValues
{
    public static ImmutableArray<ForwardedValue> Of(ForwardOptions forward)
    {
        var values = ImmutableArray.CreateBuilder<ForwardedValue>();
        foreach (var name in forward.Headers.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
        {
            values.Add(new(name, new ValueSource(ValueKind.Header, name, null)));
        }

        if (forward.Language)
        {
            values.Add(new("Accept-Language", new ValueSource(ValueKind.Language, "", null)));
        }

        if (forward.PublicAddress)
        {
            values.Add(new("X-Forwarded-Host", new ValueSource(ValueKind.PublicHost, "", null)));
            values.Add(new("X-Forwarded-Proto", new ValueSource(ValueKind.PublicScheme, "", null)));
        }

        if (forward.ClientAddress)
        {
            values.Add(new("X-Forwarded-For", new ValueSource(ValueKind.ClientAddress, "", null)));
        }

        foreach (var name in forward.Cookies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            values.Add(new("Cookie", new ValueSource(ValueKind.ForwardedCookie, name, null)));
        }

        return values.ToImmutable();
    }

    /// <summary>The request headers whose values are part of what the service's answers are remembered by: all that it gets and that can differ.</summary>
    public static ImmutableArray<string> KeyedHeaders(ImmutableArray<ForwardedValue> values) =>
        [.. values.Select(value => value.Header).Distinct(StringComparer.OrdinalIgnoreCase)];
}
