namespace Stitcher.Planning;

/// <summary>Where a value that a slot wants comes from.</summary>
internal enum ValueKind
{
    Route,
    Query,
    Cookie,
    User,

    /// <summary>A request header that a service is configured to get.</summary>
    Header,

    /// <summary>A cookie that a service is configured to get, as the browser wrote it.</summary>
    ForwardedCookie,

    /// <summary>The one of the page's languages that the browser likes best.</summary>
    Language,

    /// <summary>The host that the browser asked.</summary>
    PublicHost,

    /// <summary>The scheme by which the browser asked.</summary>
    PublicScheme,

    /// <summary>Where the request came from.</summary>
    ClientAddress,
}

/// <summary>One place in a slot's <c>src</c>: <c>{id}</c>, <c>{query.page=1}</c>, <c>{cookie.currency}</c>, <c>{user.id}</c>.</summary>
internal sealed record ValueSource(ValueKind Kind, string Name, string? Default)
{
    public static ValueSource? Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (place, fallback) = equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
        var dot = place.IndexOf('.', StringComparison.Ordinal);
        var (kind, name) = dot < 0 ? ("route", place) : (place[..dot], place[(dot + 1)..]);
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return null;
        }

        return kind switch
        {
            "route" => new(ValueKind.Route, name, fallback),
            "query" => new(ValueKind.Query, name, fallback),
            "cookie" => new(ValueKind.Cookie, name, fallback),
            "user" => new(ValueKind.User, name, fallback),
            _ => null,
        };
    }
}
