namespace Shop;

/// <summary>What a service keeps in a browser: for every page of the shop, and neither for scripts nor for forms of other sites.</summary>
internal static class BrowserCookie
{
    /// <param name="context">The request that is answered.</param>
    /// <param name="name">The cookie's name, by which the gateway's settings forward it.</param>
    /// <param name="value">What is kept.</param>
    /// <param name="lifetime">How long, from now on.</param>
    public static void Keep(HttpContext context, string name, string value, TimeSpan lifetime) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        MaxAge = lifetime,

        // Behind a gateway the connection is plain; what the browser sees is in the header, and a wrong one could only make the cookie stricter.
        Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"] is [.., "https"],
    });
}
