using System.Collections.Immutable;

namespace Stitcher.Federation.Manifests;

/// <summary>One thing a service offers to pages and to other services: a fragment, a browser module, or both under one name.</summary>
public sealed record ExposedModule
{
    /// <value>The name, written <c>./Name</c>. Together with the service's name it is the fragment's address and the module's specifier.</value>
    public required string Key { get; init; }

    /// <value>What kind of thing it is: <c>component</c>, <c>feature</c>, <c>application</c> or <c>logic</c>. Default <c>component</c>.</value>
    public string Category { get; init; } = "component";

    /// <value>The module's file below the manifest's base. Null when there is nothing to run in the browser.</value>
    public string? Module { get; init; }

    /// <value>The names the module exports.</value>
    public ImmutableArray<string> Exports { get; init; } = [];

    /// <value>The custom element the module defines, if any.</value>
    public string? Element { get; init; }

    /// <value>The fragment's path on the service, with <c>{name}</c> places for required parameters. Null when there is no HTML.</value>
    public string? Fragment { get; init; }

    /// <value>Style sheets the fragment needs, as files below the manifest's base.</value>
    public ImmutableArray<string> Css { get; init; } = [];

    /// <value>When the module should start, in the service's words (for example <c>visible</c>). Null leaves it to the page.</value>
    public string? Hydrate { get; init; }

    /// <value>
    /// True when browsers may ask the gateway for the fragment by itself, with any of <see cref="Parameters"/>, to refresh it in a page. Default false: it is shown in
    /// pages only, with the values that layouts give it.
    /// </value>
    public bool Public { get; init; }

    /// <value>The query parameters that the fragment takes, beside the places of its path. Of a browser's question for a <see cref="Public"/> fragment no others are passed on.</value>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <value>The key without its leading <c>./</c>.</value>
    public string Name => Key.StartsWith("./", StringComparison.Ordinal) ? Key[2..] : Key;
}
