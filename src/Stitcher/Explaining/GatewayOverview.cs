using System.Collections.Immutable;

namespace Stitcher.Explaining;

/// <summary>All pages and services, for choosing what to look at. Also the answer about a path that no page has.</summary>
/// <param name="Path">The path that was asked about and has no page; null when none was.</param>
/// <param name="Problem">Why there is no plan for it.</param>
/// <param name="RefusedConfiguration">Why the last change of the settings was not taken; null when it was.</param>
/// <param name="Pages">The pages, in the order of the settings.</param>
/// <param name="Services">The services, by name.</param>
internal sealed record GatewayOverview(
    string? Path,
    string? Problem,
    string? RefusedConfiguration,
    ImmutableArray<PageSummary> Pages,
    ImmutableArray<ServiceSummary> Services);

/// <summary>A page, with a path that leads to it, or null when none could be made up.</summary>
internal sealed record PageSummary(string Name, string Route, string Layout, string Delivery, double DeadlineMs, int Slots, string? Example);

/// <summary>
/// A service. Its manifest is <c>none</c>, <c>not read yet</c> or <c>read</c>, with the revision of the last good one; its health is
/// <c>available</c>, <c>partly available</c> or <c>unavailable</c>, which is what the reverse proxy knows of its destinations, or
/// <c>not answering</c>, when the last question that was asked had no answer. Its circuit is <c>closed</c>, <c>open</c> or <c>half-open</c>.
/// </summary>
internal sealed record ServiceSummary(
    string Name,
    string Cluster,
    string Trust,
    string Manifest,
    string? Revision,
    DateTimeOffset? BuiltAt,
    ImmutableArray<string> Fragments,
    string Health,
    string Circuit,
    DateTimeOffset? CircuitUntil,
    int InFlight,
    int MostInFlight,
    ImmutableArray<DestinationSummary> Destinations);

/// <summary>
/// A destination of a service's cluster. One that is out failed too often in a row and rests until then; it is available all the same while it
/// stands in for want of a better one.
/// </summary>
internal sealed record DestinationSummary(string Name, string Address, bool Available, DateTimeOffset? OutUntil);
