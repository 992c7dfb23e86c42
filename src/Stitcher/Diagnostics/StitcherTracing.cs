using System.Diagnostics;

namespace Stitcher.Diagnostics;

/// <summary>The engine's spans: one for each page, and inside it one for each fragment that is fetched. Nothing is made while nobody listens.</summary>
internal static class StitcherTracing
{
    /// <summary>What a tracer listens to. A contract with operators.</summary>
    public const string SourceName = "Stitcher";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? StartPage(string page) =>
        Source.HasListeners() ? Source.StartActivity("page " + page)?.SetTag("stitcher.page", page) : null;

    public static Activity? StartFragment(string service, string fragment) => Source.HasListeners()
        ? Source.StartActivity($"fragment {service}/{fragment}", ActivityKind.Client)?.SetTag("stitcher.service", service).SetTag("stitcher.fragment", fragment)
        : null;
}
