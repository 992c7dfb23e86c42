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
internal sealed class PagePlanner(ServiceClients clients, ILogger<PagePlanner> logger)
{
    private readonly ILogger _logger = logger;

    // A page without a primary cannot be blamed on one slot; these are a person's patience with each kind.
    private static readonly TimeSpan OptionalTime = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan DecidingTime = TimeSpan.FromMilliseconds(1500);

    // What is kept of a page's deadline for putting the page together.
    private static readonly TimeSpan ComposeReserve = TimeSpan.FromMilliseconds(100);

    /// <param name="options">Valid options.</param>
    /// <param name="contentRoot">The folder that the layout root is relative to.</param>
    /// <param name="federation">What the services offer.</param>
    /// <param name="errors">Takes every error in layouts and slots.</param>
    public PageCatalog Plan(StitcherOptions options, string contentRoot, FederationSnapshot federation, ICollection<string> errors)
    {
        var services = options.Services.ToFrozenDictionary(s => s.Name, PlanService, StringComparer.Ordinal);
        var layouts = new LayoutFiles(Path.GetFullPath(options.LayoutRoot, contentRoot), errors);
        var pages = ImmutableArray.CreateBuilder<PagePlan>();
        foreach (var page in options.Pages)
        {
            if (layouts.Get(page.Layout, page.Name) is { } layout)
            {
                pages.Add(new Planning(this, options, page, layout, services, federation, errors).Run());
            }
        }

        return new PageCatalog(options, services, pages.ToImmutable());
    }

    private ServicePlan PlanService(ServiceOptions service)
    {
        var cluster = service.Cluster ?? service.Name;
        return new ServicePlan(
            service.Name,
            cluster,
            service.Trust,
            clients.For(service.Name, cluster),
            service.Fragments.ToFrozenDictionary(f => f.Name, f => f.Path, StringComparer.Ordinal),
            service.Manifest is not null,
            new AssetPaths(service.Assets));
    }

    // One page's planning, so that its steps need not pass everything on.
    private sealed class Planning(
        PagePlanner planner,
        StitcherOptions options,
        PageOptions page,
        Markup layout,
        FrozenDictionary<string, ServicePlan> services,
        FederationSnapshot federation,
        ICollection<string> errors)
    {
        // Null for a route that is no pattern, which has been told.
        private readonly HashSet<string>? _routeValues = RouteValues(page.Route);

        public PagePlan Run()
        {
            var parsed = layout.Slots.Select(Parse).ToList();
            ImmutableArray<ValueSource> values =
                [.. parsed.OfType<SlotAddress>().SelectMany(a => a.Parameters).SelectMany(p => p.Value).Select(v => v.Source).OfType<ValueSource>().Distinct()];
            var slots = layout.Slots.Zip(parsed).Select((pair, index) => pair.Second is null ? null : PlanSlot(index, pair.First, pair.Second, values))
                .OfType<SlotPlan>().ToImmutableArray();
            Check();
            return new PagePlan
            {
                Name = page.Name,
                Route = page.Route,
                Delivery = page.Delivery,
                Layout = layout,
                Slots = slots,
                Values = values,
                ImportMap = federation.ImportMap,
                FragmentBytes = options.Limits.FragmentBytes,
                DemoUser = options.DemoUser.AsReadOnly(),
                ParseLimits = ParseLimits.From(options.Limits),
                Deciding = [.. slots.Where(s => s.Role != SlotRole.Optional).OrderByDescending(s => s.Role)],
            };
        }

        private static HashSet<string>? RouteValues(string route)
        {
            try
            {
                return [.. RoutePatternFactory.Parse(route).Parameters.Select(p => p.Name)];
            }
            catch (RoutePatternException)
            {
                return null;
            }
        }

        private SlotAddress? Parse(SlotMarkup slot)
        {
            if (slot.Source.Length == 0)
            {
                // Told when the layout was read.
                return null;
            }

            if (SlotAddress.Parse(slot.Source, out var problem) is not { } address)
            {
                Error(slot, problem!);
                return null;
            }

            if (!services.TryGetValue(address.Service, out var service))
            {
                Error(slot, $"there is no service '{address.Service}'; {NearestName.OneOf(address.Service, services.Keys)}");
                return null;
            }

            if (!service.HasManifest && !service.Paths.ContainsKey(address.Fragment))
            {
                Error(slot, $"service '{address.Service}' has no fragment '{address.Fragment}' and no manifest that could name it; {NearestName.OneOf(address.Fragment, service.Paths.Keys)}");
                return null;
            }

            foreach (var source in address.Parameters.SelectMany(p => p.Value).Select(v => v.Source).OfType<ValueSource>())
            {
                if (source.Kind == ValueKind.Route && _routeValues?.Contains(source.Name) == false)
                {
                    Error(slot, $"the route '{page.Route}' of page '{page.Name}' has no value '{source.Name}'; {NearestName.OneOf(source.Name, _routeValues)}");
                }
            }

            return address;
        }

        private SlotPlan PlanSlot(int index, SlotMarkup slot, SlotAddress address, ImmutableArray<ValueSource> values)
        {
            var service = services[address.Service];
            var exposed = federation.Manifests.GetValueOrDefault(service.Name)?.Exposes.FirstOrDefault(e => e.Name == address.Fragment);
            var path = service.Paths.GetValueOrDefault(address.Fragment) ?? exposed?.Fragment;
            if (path is null && federation.Manifests.ContainsKey(service.Name))
            {
                planner._logger.FragmentUnknown(page.Name, service.Name, address.Fragment);
            }

            var target = path is null ? null : TargetTemplate.Create(path, address, values);
            var origin = new FragmentOrigin(service.Name, service.Trust, target?.PathPattern ?? "/");
            var scope = $"{service.Name} {service.Trust} {origin.Path} {slot.Context.Quirks} {slot.Context.Ancestors}";
            var fixedTarget = target is { IsFixed: true } ? target.Expand([]) : null;
            return new SlotPlan
            {
                Index = index,
                Service = service,
                Fragment = address.Fragment,
                Role = slot.Role,
                Timeout = TimeOf(slot),
                Context = slot.Context,
                Content = slot.Content,
                HasContent = HasContent(slot.Content.Span),
                Target = target,
                FixedRequest = fixedTarget is null ? null : new UpstreamRequest(address.Fragment, fixedTarget),
                FixedKey = fixedTarget is null ? null : $"{scope} {fixedTarget}",
                Scope = scope,
                Origin = origin,
                Styles = exposed is null ? [] : StylesOf(service, exposed.Css, federation.Manifests[service.Name].Base),
            };
        }

        private TimeSpan TimeOf(SlotMarkup slot)
        {
            var time = slot.Timeout ?? (slot.Role == SlotRole.Optional ? OptionalTime : DecidingTime);
            var most = page.Deadline - ComposeReserve;
            return most > TimeSpan.Zero && time > most ? most : time;
        }

        private void Check()
        {
            if (layout.Slots.Length > options.Limits.SlotsPerPage)
            {
                errors.Add($"{page.Layout}: {layout.Slots.Length} slots on page '{page.Name}'; expected at most {options.Limits.SlotsPerPage} (Stitcher:Limits:SlotsPerPage)");
            }

            foreach (var second in layout.Slots.Where(s => s.Role == SlotRole.Primary).Skip(1))
            {
                Error(second, "a second primary slot; expected at most one, since it owns the page's status and title");
            }
        }

        private void Error(SlotMarkup slot, string problem) => errors.Add($"{page.Layout}, line {slot.Line}: {problem}");
    }

    private static ImmutableArray<HeadPart> StylesOf(ServicePlan service, ImmutableArray<string> files, string manifestBase)
    {
        var reader = new HeadReader(new FragmentOrigin(service.Name, service.Trust, "/"));
        return [.. files.SelectMany(file => reader.ReadLinks($"</_s/{service.Name}{manifestBase}{file}>; rel=stylesheet"))];
    }

    private static bool HasContent(ReadOnlySpan<byte> content)
    {
        while (true)
        {
            content = content.Trim(" \t\r\n\f"u8);
            var end = content.StartsWith("<!--"u8) ? content.IndexOf("-->"u8) : -1;
            if (end < 0)
            {
                return !content.IsEmpty;
            }

            content = content[(end + 3)..];
        }
    }
}
