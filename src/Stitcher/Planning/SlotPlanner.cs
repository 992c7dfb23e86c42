using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Browser;
using Stitcher.Configuration;
using Stitcher.Federation.Manifests;
using Stitcher.Manifests;
using Stitcher.Parsing;
using Stitcher.Upstream;

namespace Stitcher.Planning;

/// <summary>Holds one slot against services and manifests.</summary>
internal sealed class SlotPlanner(FrozenDictionary<string, ServicePlan> services, FederationSnapshot federation)
{
    // What a manifest says of a fragment whose module starts as soon as its HTML is there.
    private const string StartsAtOnce = "load";

    private static readonly string[] ScriptlessPlaces = ["colgroup", "select", "template", "svg", "math", "noscript"];

    /// <summary>Takes a <c>src</c> apart and finds its service.</summary>
    /// <param name="source">The attribute.</param>
    /// <param name="problem">What is wrong, in one sentence.</param>
    public SlotAddress? Resolve(string source, out string? problem)
    {
        if (SlotAddress.Parse(source, out problem) is not { } address)
        {
            return null;
        }

        if (!services.TryGetValue(address.Service, out var service))
        {
            problem = $"there is no service '{address.Service}'; expected {NearestName.OneOf(address.Service, services.Keys)}";
            return null;
        }

        if (!service.HasManifest && !service.Paths.ContainsKey(address.Fragment))
        {
            problem = $"service '{address.Service}' has no fragment '{address.Fragment}' and no manifest that could name it; expected {NearestName.OneOf(address.Fragment, service.Paths.Keys)}";
            return null;
        }

        return address;
    }

    /// <summary>The services whose fragments may come to a page: those that its layout names, and all as soon as one of them may bring slots.</summary>
    public IReadOnlyCollection<ServicePlan> ServicesShownBy(IEnumerable<SlotAddress> addresses)
    {
        var named = addresses.Select(address => services[address.Service]).Distinct().ToList();
        return named.Exists(service => service.Nested) ? services.Values : named;
    }

    /// <summary>Whether the service's manifest is known and does not name the fragment.</summary>
    public bool IsUnknown(SlotPlan slot) => slot.Target is null && federation.Manifests.ContainsKey(slot.Service.Name);

    /// <param name="index">The slot's place among its siblings.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="address">Its resolved address.</param>
    /// <param name="fallback">Its resolved fallback address.</param>
    /// <param name="values">The page's values.</param>
    /// <param name="most">The most time a slot may have.</param>
    public SlotPlan Plan(int index, SlotMarkup slot, SlotAddress address, SlotAddress? fallback, ImmutableArray<ValueSource> values, TimeSpan most)
    {
        var service = services[address.Service];
        var revision = federation.Services.GetValueOrDefault(service.Name)?.Current;
        var exposed = revision?.Manifest.Exposes.FirstOrDefault(e => e.Name == address.Fragment);
        var path = service.Paths.GetValueOrDefault(address.Fragment) ?? exposed?.Fragment;
        var target = path is null ? null : TargetTemplate.Create(path, address, values);
        var origin = new FragmentOrigin(service.Name, service.Trust, target?.PathPattern ?? "/", service.Nested) { Named = revision?.Named };
        var module = ModuleOf(service, exposed);
        var scope = $"{service.Name} {service.Trust} {service.Nested} {origin.Path} {slot.Context.Signature}";
        var fixedTarget = target is { IsFixed: true } ? target.Expand([]) : null;
        var keyStart = FieldText.Of(service.Name, address.Fragment, scope, service.Private.ToString());
        return new SlotPlan
        {
            Index = index,
            Service = service,
            Fragment = address.Fragment,
            Role = slot.Role,
            Timeout = TimeOf(slot, service, most),
            Context = slot.Context,
            Content = slot.Content,
            HasContent = HasContent(slot.Content.Span),
            IsDeferred = slot.IsDeferred,
            Fallback = fallback is null ? null : PlanFallback(index, slot, fallback, values, most),
            Target = target,
            FixedRequest = fixedTarget is null ? null : new UpstreamRequest(address.Fragment, fixedTarget),
            FixedKey = fixedTarget is null ? null : keyStart + FieldText.Of(fixedTarget),
            KeyStart = keyStart,
            Forwarded = [.. service.Forwarded.Select(value => value with { Index = values.IndexOf(value.Source) })],
            IsForAnybody = service.Forwarded.IsEmpty && !service.IsPersonal,
            Scope = revision is null ? scope : $"{scope} {revision.BaseUrl}",
            Module = module,
            IsLazy = exposed?.Hydrate is not (null or StartsAtOnce),
            Start = module is not null && exposed!.Hydrate == StartsAtOnce && TakesScript(slot.Context) ? new StartScript(module) : null,
            Origin = origin,
            Styles = exposed is null ? [] : StylesOf(service, exposed.Css, revision!.BaseUrl, "rel=stylesheet"),
            StylePreloads = exposed is null ? [] : StylesOf(service, exposed.Css, revision!.BaseUrl, "rel=preload; as=style"),
        };
    }

    /// <summary>The module of a slot that its page's plan knows nothing of, with all that it imports.</summary>
    public ImmutableArray<HeadPart> PreloadsOf(SlotPlan slot)
    {
        var modules = new ModulePreloads(federation);
        if (slot is { Module: { } module, IsLazy: false })
        {
            modules.Add(module);
        }

        return modules.ToParts();
    }

    // A service that may bring no script starts none by its manifest, either.
    private string? ModuleOf(ServicePlan service, ExposedModule? exposed) =>
        exposed?.Module is not null && service.Trust >= TrustLevel.App && $"{service.Name}/{exposed.Name}" is var specifier && federation.Result.Map.Imports.ContainsKey(specifier)
            ? specifier
            : null;

    // Elsewhere a script would be an element of another kind, or push what stands around it about.
    private static bool TakesScript(SlotContext context) =>
        !context.InHead && !Array.Exists(ScriptlessPlaces, context.IsInside);

    // A stand-in is asked for within bounds of its own.
    private SlotPlan PlanFallback(int index, SlotMarkup slot, SlotAddress address, ImmutableArray<ValueSource> values, TimeSpan most)
    {
        var plan = Plan(index, slot with { IsDeferred = false }, address, null, values, most);
        return plan with { Service = plan.Service with { Client = plan.Service.Client.AsFallback } };
    }

    private static TimeSpan TimeOf(SlotMarkup slot, ServicePlan service, TimeSpan most)
    {
        var time = slot.Timeout ?? (slot.Role == SlotRole.Optional ? service.OptionalTime : service.DecidingTime);
        return time < most ? time : most;
    }

    private static ImmutableArray<HeadPart> StylesOf(ServicePlan service, ImmutableArray<string> files, string baseUrl, string relation)
    {
        var reader = new HeadReader(new FragmentOrigin(service.Name, service.Trust, "/"));
        return [.. files.SelectMany(file => reader.ReadLinks($"<{baseUrl}{file}>; {relation}"))];
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
