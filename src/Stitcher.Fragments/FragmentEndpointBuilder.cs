using Microsoft.AspNetCore.Builder;

namespace Stitcher.Fragments;

/// <summary>Says more about a fragment that was mapped. Everything said here also goes into the service's manifest.</summary>
public sealed class FragmentEndpointBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _endpoint;
    private readonly FragmentDefinition _definition;

    internal FragmentEndpointBuilder(IEndpointConventionBuilder endpoint, FragmentDefinition definition)
    {
        _endpoint = endpoint;
        _definition = definition;
    }

    /// <summary>What kind of thing it is: <c>component</c> (default), <c>feature</c>, <c>application</c> or <c>logic</c>.</summary>
    public FragmentEndpointBuilder WithCategory(string category)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(category);
        _definition.Category = category;
        return this;
    }

    /// <summary>One sentence for people, shown on the development page.</summary>
    public FragmentEndpointBuilder WithDescription(string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        _definition.Description = description;
        return this;
    }

    /// <summary>The fragment's browser module.</summary>
    /// <param name="file">A file below the asset base, for example <c>product-catalog.js</c>.</param>
    /// <param name="exports">The names it exports.</param>
    public FragmentEndpointBuilder WithModule(string file, params string[] exports)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        _definition.Module = file;
        _definition.Exports = [.. exports];
        return this;
    }

    /// <summary>The custom element the module defines.</summary>
    public FragmentEndpointBuilder WithElement(string element)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(element);
        _definition.Element = element;
        return this;
    }

    /// <summary>
    /// When the module should start: <c>load</c> as soon as the HTML is there, <c>visible</c> when it comes near the window, <c>idle</c> when the browser has nothing better to do,
    /// <c>interaction</c> when somebody uses it. Anything else is for the page's own scripts to read.
    /// </summary>
    public FragmentEndpointBuilder HydrateWhen(string moment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(moment);
        _definition.Hydrate = moment;
        return this;
    }

    /// <summary>
    /// Lets browsers ask the gateway for the fragment by itself (<c>/_f/(service)/(name)</c>), with any of its parameters, to refresh it in a page. Whoever knows the address may ask:
    /// what a fragment shows must follow from <see cref="FragmentContext.User"/> and never from a parameter alone.
    /// </summary>
    public FragmentEndpointBuilder OpenToBrowsers()
    {
        _definition.IsOpenToBrowsers = true;
        return this;
    }

    /// <summary>Style sheets the fragment needs, as files below the asset base. They travel in the <c>Link</c> header.</summary>
    public FragmentEndpointBuilder WithStyles(params string[] files)
    {
        ArgumentNullException.ThrowIfNull(files);
        _definition.Styles = [.. _definition.Styles, .. files];
        return this;
    }

    /// <summary>How long an answer may be kept. Without this call nothing is kept (<c>no-store</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not whole seconds.</exception>
    public FragmentEndpointBuilder CacheFor(TimeSpan lifetime)
    {
        _definition.Caching = _definition.Caching.For(lifetime);
        return this;
    }

    /// <summary>How long an answer may be shown after its lifetime.</summary>
    /// <param name="whileRevalidate">While a new one is being fetched.</param>
    /// <param name="ifError">While this service cannot answer.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not whole seconds.</exception>
    public FragmentEndpointBuilder StaleFor(TimeSpan? whileRevalidate = null, TimeSpan? ifError = null)
    {
        _definition.Caching = _definition.Caching.Stale(whileRevalidate, ifError);
        return this;
    }

    /// <summary>Request headers the answer depends on.</summary>
    public FragmentEndpointBuilder VaryBy(params string[] headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        _definition.Vary = [.. _definition.Vary, .. headers];
        return this;
    }

    /// <summary>Names under which all answers of this fragment can be purged.</summary>
    public FragmentEndpointBuilder WithTags(params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        _definition.Tags = [.. _definition.Tags, .. FragmentTags.Checked(tags)];
        return this;
    }

    /// <summary>Answers belong to one user: no shared cache may keep them.</summary>
    public FragmentEndpointBuilder Private()
    {
        _definition.Caching = _definition.Caching with { IsPrivate = true };
        return this;
    }

    /// <summary>Nobody may keep an answer. This is the default.</summary>
    public FragmentEndpointBuilder NoStore()
    {
        _definition.Caching = FragmentCaching.None;
        return this;
    }

    /// <summary>The value the development page uses for a parameter at first.</summary>
    public FragmentEndpointBuilder WithSample(string parameter, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(parameter);
        ArgumentNullException.ThrowIfNull(value);
        _definition.Samples[parameter] = value;
        return this;
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _endpoint.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _endpoint.Finally(finallyConvention);
}
