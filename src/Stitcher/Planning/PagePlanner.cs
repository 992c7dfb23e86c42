using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Manifests;
using Stitcher.Parsing;
using Stitcher.Upstream;

namespace Stitcher.Planning;

/// <summary>Holds layouts against options and manifests and decides every page ahead of its requests.</summary>
internal sealed class PagePlanner(ServiceClients clients, UserGenerations users, IdentityIssuer issuer, ILogger<PagePlanner> logger)
{
    // What is kept of a page's deadline for putting the page together.
    private static readonly TimeSpan ComposeReserve = TimeSpan.FromMilliseconds(100);

    private static readonly ImmutableArray<string> UsualInOrderAgents =
    [
        "Googlebot", "bingbot", "DuckDuckBot", "YandexBot", "Baiduspider", "Applebot", "facebookexternalhit", "Twitterbot", "LinkedInBot",
        "Slackbot", "Discordbot", "WhatsApp", "TelegramBot", "Pinterestbot", "Embedly",
    ];

    /// <param name="options">Valid options.</param>
    /// <param name="contentRoot">The folder that the layout root is relative to.</param>
    /// <param name="federation">What the services offer.</param>
    /// <param name="errors">Takes every error in layouts and slots.</param>
    public PageCatalog Plan(StitcherOptions options, string contentRoot, FederationSnapshot federation, ICollection<string> errors)
    {
        var tokens = TokensOf(options);
        var services = options.Services.ToFrozenDictionary(s => s.Name, s => PlanService(s, options.Limits, tokens), StringComparer.Ordinal);
        var slots = new SlotPlanner(services, federation);
        var found = new List<string>();
        var layouts = new LayoutFiles(Path.GetFullPath(options.LayoutRoot, contentRoot), found);
        var pages = ImmutableArray.CreateBuilder<PagePlan>();
        foreach (var page in options.Pages)
        {
            if (layouts.Get(page.Layout, $"page '{page.Name}'") is { } layout)
            {
                pages.Add(PlanPage(options, page, layout, slots, federation, found));
            }
        }

        var errorPages = options.ErrorPages
            .Select(page => (Status: page.Key, Layout: layouts.Get(page.Value, $"the error page for {page.Key}")))
            .Where(static page => page.Layout is not null)
            .ToFrozenDictionary(static page => page.Status, page => ErrorLayout.Of(page.Layout!, options.AssetOrigins, found), StringComparer.OrdinalIgnoreCase);

        // A file that several pages share is wrong once.
        foreach (var error in found.Distinct())
        {
            errors.Add(error);
        }

        return new PageCatalog(options, services, pages.ToImmutable())
        {
            Visitors = VisitorsOf(options, services.Values),
            ErrorPages = new ErrorLayouts(errorPages),
            LoneFragments = PlanLone(options, services.Values, slots, federation).ToFrozenDictionary(static plan => plan.Slots[0].Address, StringComparer.Ordinal),
        };
    }

    private IEnumerable<PagePlan> PlanLone(StitcherOptions options, IReadOnlyCollection<ServicePlan> services, SlotPlanner slots, FederationSnapshot federation)
    {
        var planner = new LoneFragmentPlanner(options, slots, federation);
        foreach (var service in services)
        {
            foreach (var exposed in federation.Manifests.GetValueOrDefault(service.Name)?.Exposes ?? [])
            {
                if (exposed.Public && (service.Paths.GetValueOrDefault(exposed.Name) ?? exposed.Fragment) is { } path)
                {
                    yield return planner.Plan(service, exposed, path, VisitorsOf(options, service.Nested ? services : [service]));
                }
            }
        }
    }

    // A key that cannot be read was told by the rules; nothing is ever served from such options.
    private IdentityTokens? TokensOf(StitcherOptions options) =>
        options.Services.Any(s => s.Identity.Send) && options.Identity.Key is { } reference && IdentityKey.Read(reference, out _) is { } key
            ? issuer.For(options.Identity, key)
            : null;

    private ServicePlan PlanService(ServiceOptions service, LimitOptions limits, IdentityTokens? tokens)
    {
        var cluster = service.Cluster ?? service.Name;
        var forwarded = ForwardedValues.Of(service.Forward);
        return new ServicePlan(
            service.Name,
            cluster,
            service.Trust,
            service.Nested,
            [.. service.ScriptHashes.Select(hash => $"'{hash}'")],
            clients.For(service.Name, cluster, ResilienceSettings.From(service.Resilience)),
            service.Fragments.ToFrozenDictionary(f => f.Name, f => f.Path, StringComparer.Ordinal),
            service.Manifest is not null,
            new AssetPaths(service.Assets))
        {
            Terms = ResponseTerms.For(service, limits),
            SetCookies = service.SetCookies.ToFrozenSet(StringComparer.Ordinal),
            OptionalTime = service.Resilience.OptionalTimeout,
            DecidingTime = service.Resilience.DecidingTimeout,
            Forwarded = forwarded,
            KeyedHeaders = ForwardedValues.KeyedHeaders(forwarded),
            Private = service.Private,
            SignsIn = service.SignsIn,
            Identity = service.Identity.Send && tokens is not null
                ? new ServiceIdentity(service.Name, service.Identity.Claims.ToFrozenSet(StringComparer.Ordinal), tokens)
                : null,
        };
    }

    private PagePlan PlanPage(
        StitcherOptions options, PageOptions page, Markup layout, SlotPlanner planner, FederationSnapshot federation, ICollection<string> errors)
    {
        var most = page.Deadline > ComposeReserve * 2 ? page.Deadline - ComposeReserve : page.Deadline;
        var slots = PlanSlots(page, layout, planner, most, errors, out var values, out var shown);
        Check(options, page, layout, errors);
        var names = shown.Select(s => s.Name).Concat(page.Imports).Distinct(StringComparer.Ordinal).ToArray();
        var map = federation.MapFor(names);
        var preloads = PreloadsOf(federation, names, slots);
        var isPersonal = values.Any(v => v.Kind is ValueKind.Cookie or ValueKind.User) || slots.Any(s => s.Service.IsPersonal || s.Fallback?.Service.IsPersonal == true);
        ImmutableArray<string> languages = page.Languages is [] ? layout.HtmlTag?.Attribute("lang") is { Length: > 0 } language ? [language] : [] : [.. page.Languages];
        return new PagePlan
        {
            Name = page.Name,
            Route = page.Route,
            Delivery = page.Delivery,
            Layout = layout,
            Slots = slots,
            Values = values,
            ImportMap = map.Element,
            ImportMapSource = map.PolicySource,
            Preloads = (byte[])[.. federation.RuntimeStart.Span, .. preloads.ToHtml()],
            StartsRuntime = !federation.RuntimeStart.IsEmpty,
            PreloadKeys = preloads.Addresses.Select(HeadReader.ModulePreloadKey).ToFrozenSet(StringComparer.Ordinal),
            Generation = federation.Generation,
            IntegrityPolicy = federation.IntegrityPolicy,
            AssetOrigins = [.. options.AssetOrigins],
            InlineStyleAttributes = page.InlineStyleAttributes,
            LongestFreshness = page.LongestFreshness,
            IsPersonal = isPersonal,
            Topics = federation.RuntimeStart.IsEmpty || !names.Any(name => federation.Manifests.GetValueOrDefault(name)?.Events is not null)
                ? null
                : new TopicSeeds(options.Identity, languages.FirstOrDefault("en"), isPersonal),
            RefusesRepeated = page.RepeatedParameters == RepeatedParameters.Refuse && values.Any(v => v.Kind == ValueKind.Query),
            Languages = languages,
            Visitors = VisitorsOf(options, shown),
            Vary = VaryOf(shown),
            FragmentBytes = options.Limits.FragmentBytes,
            ParseLimits = ParseLimits.From(options.Limits),
            Nested = new NestedPlans(planner, values, most, options.Limits.SlotsPerPage, options.Limits.NestedDepth),
            InOrderAgents = options.InOrderAgents is [] ? UsualInOrderAgents : [.. options.InOrderAgents],
            ComposesAnswers = page.ComposeResponse,
            MaySetCookies = options.Services.Any(s => s.SetCookies.Count > 0),
            HasDeferred = slots.Any(s => s.IsDeferred),
            Deciding = [.. slots.Where(s => s.Role != SlotRole.Optional).OrderByDescending(s => s.Role)],
        };
    }

    private static ModulePreloads PreloadsOf(FederationSnapshot federation, IEnumerable<string> services, ImmutableArray<SlotPlan> slots)
    {
        var preloads = new ModulePreloads(federation);
        foreach (var service in services)
        {
            preloads.AddEager(service);
        }

        foreach (var module in slots.Where(static slot => !slot.IsLazy).Select(static slot => slot.Module).OfType<string>())
        {
            preloads.Add(module);
        }

        return preloads;
    }

    // Null where nobody wants to know who asks, which is then not read.
    private VisitorReader? VisitorsOf(StitcherOptions options, IReadOnlyCollection<ServicePlan> shown) =>
        shown.Any(s => s.Identity is not null || s.Private == PrivateAnswers.Partitioned)
            ? new VisitorReader(
                options.Identity, [.. options.Services.Where(s => s.Identity.Send).SelectMany(s => s.Identity.Claims).Distinct()], users)
            : null;

    // What the browser itself sends; the host and the scheme are part of the page's address, and a page that is somebody's own is kept by nobody.
    public static string VaryOf(IReadOnlyCollection<ServicePlan> shown) => string.Join(", ", shown
        .SelectMany(s => s.Forwarded)
        .Where(value => value.Source.Kind is ValueKind.Header or ValueKind.Language)
        .Select(value => value.Header)
        .Append("Accept-Encoding")
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Order(StringComparer.OrdinalIgnoreCase));

    private ImmutableArray<SlotPlan> PlanSlots(
        PageOptions page, Markup layout, SlotPlanner planner, TimeSpan most, ICollection<string> errors, out ImmutableArray<ValueSource> values, out IReadOnlyCollection<ServicePlan> shown)
    {
        var routeValues = RouteValues(page.Route);
        var addresses = layout.Slots.Select(slot => (Main: Resolve(slot, slot.Source), Fallback: slot.FallbackSource is { } f ? Resolve(slot, f) : null)).ToList();
        var named = addresses.SelectMany(a => new[] { a.Main, a.Fallback }).OfType<SlotAddress>().ToList();
        shown = planner.ServicesShownBy(named);
        values = [.. named.SelectMany(SourcesOf).Concat(shown.SelectMany(s => s.Forwarded).Select(value => value.Source)).Distinct()];

        var slots = ImmutableArray.CreateBuilder<SlotPlan>();
        for (var i = 0; i < addresses.Count; i++)
        {
            if (addresses[i].Main is { } address)
            {
                slots.Add(planner.Plan(i, layout.Slots[i], address, addresses[i].Fallback, values, most));
                if (planner.IsUnknown(slots[^1]))
                {
                    logger.FragmentUnknown(page.Name, address.Service, address.Fragment);
                }
            }
        }

        return slots.ToImmutable();

        SlotAddress? Resolve(SlotMarkup slot, string source)
        {
            if (source.Length == 0)
            {
                // Told when the layout was read.
                return null;
            }

            if (planner.Resolve(source, out var problem) is not { } address)
            {
                errors.Add($"{slot.File}, line {slot.Line}: {problem}");
                return null;
            }

            foreach (var missing in SourcesOf(address).Where(s => s.Kind == ValueKind.Route && routeValues?.Contains(s.Name) == false))
            {
                errors.Add($"{slot.File}, line {slot.Line}: the route '{page.Route}' of page '{page.Name}' has no value '{missing.Name}'; expected {NearestName.OneOf(missing.Name, routeValues!)}");
            }

            return address;
        }
    }

    // Null for a route that is no pattern, which has been told.
    private static HashSet<string>? RouteValues(string route)
    {
        try
        {
            return RoutePatternFactory.Parse(route).Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (RoutePatternException)
        {
            return null;
        }
    }

    private static IEnumerable<ValueSource> SourcesOf(SlotAddress address) =>
        address.Parameters.SelectMany(p => p.Value).Select(v => v.Source).OfType<ValueSource>();

    private static void Check(StitcherOptions options, PageOptions page, Markup layout, ICollection<string> errors)
    {
        if (layout.Slots.Length > options.Limits.SlotsPerPage)
        {
            errors.Add($"{page.Layout}: {layout.Slots.Length} slots on page '{page.Name}'; expected at most {options.Limits.SlotsPerPage} (Stitcher:Limits:SlotsPerPage)");
        }

        if (page.ComposeResponse && layout.Slots.All(s => s.Role != SlotRole.Primary))
        {
            errors.Add($"{page.Layout}: page '{page.Name}' shows the answers to its forms (ComposeResponse) and has no slot for them; expected a slot with the attribute 'primary'");
        }

        foreach (var second in layout.Slots.Where(s => s.Role == SlotRole.Primary).Skip(1))
        {
            errors.Add($"{second.File}, line {second.Line}: a second primary slot; expected at most one, since it owns the page's status and title");
        }
    }
}
