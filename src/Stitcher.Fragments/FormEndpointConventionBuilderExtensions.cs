using Microsoft.AspNetCore.Http;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Guards endpoints that take forms.</summary>
public static class FormEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Lets a form through only if it carries the token that <see cref="FragmentContext.FormToken"/> wrote for a form of this name, for the same session, at most 12 h ago. ASP.NET
    /// Core's own antiforgery is off for the endpoint.
    /// </summary>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <param name="form">The form's name.</param>
    /// <param name="again">
    /// Answers a form whose token does not hold, usually with status 422 and the form as it was sent, with a new token and the sentence
    /// <see cref="FormToken.Outdated"/>. Default: the sentence alone.
    /// </param>
    /// <returns>The same builder.</returns>
    public static TBuilder RequireFormToken<TBuilder>(this TBuilder builder, string form, Func<HttpContext, Task<IResult>>? again = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(form);
        return builder.DisableAntiforgery().AddEndpointFilter(new FormTokenFilter(form, again));
    }
}
