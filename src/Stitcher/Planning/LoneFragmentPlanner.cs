using System.Collections.Immutable;
using Stitcher.Configuration;
using Stitcher.Federation.Manifests;
using Stitcher.Manifests;
using Stitcher.Parsing;

namespace Stitcher.Planning;

/// <summary>Plans the fragments that browsers may ask for by themselves: each as a page of one primary slot and nothing around it.</summary>
internal sealed class LoneFragmentPlanner(StitcherOptions options, SlotPlanner slots, FederationSnapshot federation)
{
    // What holds for pages whose settings say nothing.
    private static readonly PageOptions Usual = new();

    /// <summary>Where browsers ask, with the service's and the fragment's name behind it.</summary>
    public const string Folder = "/_f/";

    /// <param name="service">A service with a manifest.</param>
    /// <param name="exposed">What it exposes.</param>
    /// <param name="path">The fragment's path on the service.</param>
    /// <param name="visitors">Reads who asks; null when the service does not want to know.</param>
    public PagePlan Plan(ServicePlan service, ExposedModule exposed, string path, VisitorReader? visitors)
    {
        var address = new SlotAddress(service.Name, exposed.Name, ParametersOf(path, exposed));
        var shown = slots.ServicesShownBy([address]);
        ImmutableArray<ValueSource> values =
            [.. address.Parameters.SelectMany(p => p.Value).Select(v => v.Source).OfType<ValueSource>().Concat(shown.SelectMany(s => s.Forwarded).Select(v => v.Source)).Distinct()];
        var markup = new SlotMarkup($"{service.Name}/{exposed.Name}", SlotRole.Primary, null, null, false, default, SlotContext.Body, "", 0);

        // There is no page to be in time for: what its service may take is all there is to keep to.
        var most = service.DecidingTime > Usual.Deadline ? service.DecidingTime : Usual.Deadline;

        // The page that asked has its own way of starting modules.
        var slot = slots.Plan(0, markup, address, null, values, most) with { Start = null };
        return new PagePlan
        {
            Name = Folder + markup.Source,
            Route = Folder + markup.Source,
            IsLone = true,
            Needs = NeedsOf(slot),
            Delivery = PageDelivery.Buffered,
            Layout = new Markup([new MarkupPiece(MarkupPieceKind.Slot, default, 0)], [markup], []),
            Slots = [slot],
            Deciding = [slot],
            Values = values,
            ImportMap = default,
            ImportMapSource = null,
            Generation = federation.Generation,
            AssetOrigins = [],
            InlineStyleAttributes = false,
            LongestFreshness = Usual.LongestFreshness,
            IsPersonal = service.IsPersonal || values.Any(v => v.Kind is ValueKind.Cookie or ValueKind.User),
            RefusesRepeated = true,
            Languages = [.. options.Pages.SelectMany(page => page.Languages).Distinct(StringComparer.OrdinalIgnoreCase)],
            Visitors = visitors,
            Vary = PagePlanner.VaryOf(shown),
            FragmentBytes = options.Limits.FragmentBytes,
            ParseLimits = ParseLimits.From(options.Limits),
            Nested = new NestedPlans(slots, values, most, options.Limits.SlotsPerPage, options.Limits.NestedDepth),
            InOrderAgents = [],
            MaySetCookies = options.Services.Any(s => s.SetCookies.Count > 0),
        };
    }

    // What the manifest names and nothing else: whatever a browser adds would be a key of its own in the cache.
    private static ImmutableArray<SlotParameter> ParametersOf(string path, ExposedModule exposed) =>
    [
        .. TargetTemplate.PlacesOf(path).Concat(exposed.Parameters.IsDefault ? [] : exposed.Parameters).Distinct(StringComparer.Ordinal)
            .Select(static name => new SlotParameter(name, [new ValuePart(null, new ValueSource(ValueKind.Query, name, null))])),
    ];

    private ImmutableArray<ModuleResolution> NeedsOf(SlotPlan slot)
    {
        var modules = new ModulePreloads(federation);
        if (slot.Module is { } module)
        {
            modules.Add(module);
        }

        return [.. modules.Resolutions];
    }
}
