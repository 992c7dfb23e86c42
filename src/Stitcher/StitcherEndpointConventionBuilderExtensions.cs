using Stitcher;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Says of an endpoint which listener it is for.</summary>
public static class StitcherEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Keeps an endpoint for operators: it is served on the management listener (<c>Stitcher:Management:Url</c>) and is a 404 on every other one. Endpoints without
    /// this are served on every listener but that one.
    /// </summary>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <returns>The same endpoint.</returns>
    public static TBuilder OnManagementListener<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(static endpoint => endpoint.Metadata.Add(new ManagementEndpointMetadata()));
        return builder;
    }
}
