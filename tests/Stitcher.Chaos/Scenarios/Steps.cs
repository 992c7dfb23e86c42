using Stitcher.Chaos.Services;

namespace Stitcher.Chaos.Scenarios;

/// <summary>The steps that scenarios are made of.</summary>
internal static class Steps
{
    /// <summary>Ends all instances of services at once (SIGKILL).</summary>
    public static Step KillAll(double at, params string[] services) => new(
        at, $"kill -9 {string.Join(", ", services)}", stage => stage.Fleet.EachAsync(services, instance => instance.KillAsync()));

    /// <summary>Starts all instances of services again, where they were.</summary>
    public static Step StartAll(double at, params string[] services) => new(
        at, $"start {string.Join(", ", services)}", stage => stage.Fleet.EachAsync(services, instance => instance.StartAsync()));

    /// <summary>Ends one instance (SIGKILL).</summary>
    public static Step Kill(double at, string service, string name) => new(at, $"kill -9 {service} {name}", stage => stage.Fleet.Of(service, name).KillAsync());

    /// <summary>Starts one instance again.</summary>
    public static Step Start(double at, string service, string name) => new(at, $"start {service} {name}", stage => stage.Fleet.Of(service, name).StartAsync());

    /// <summary>Something that is done at once.</summary>
    public static Step Do(double at, string what, Action<ScenarioStage> action) => new(at, what, stage =>
    {
        action(stage);
        return Task.CompletedTask;
    });

    /// <summary>Spoils a share of the answers of optional services, and as much of the primary's where an older answer can stand in for it.</summary>
    public static IReadOnlyList<Step> Spoil(double share, params FaultKind[] kinds) => Spoil(ServiceNames.All, share, kinds);

    /// <summary>Spoils a share of the answers of these services from second 10 to 30.</summary>
    public static IReadOnlyList<Step> Spoil(IReadOnlyList<string> services, double share, IReadOnlyList<FaultKind> kinds) =>
    [
        new(10, $"{share:P0} {string.Join(", ", kinds)} from {string.Join(", ", services)}", stage => SpoilAsync(stage, services, share, kinds)),
        Mend(30),
    ];

    /// <summary>Lets every service answer as it should.</summary>
    public static Step Mend(double at) => new(
        at, "no more faults", stage => stage.Fleet.EachAsync(ServiceNames.All, instance => instance.SpoilAsync(FaultPlan.None)));

    /// <summary>Spoils answers from now on.</summary>
    public static Task SpoilAsync(ScenarioStage stage, IReadOnlyList<string> services, double share, IReadOnlyList<FaultKind> kinds) =>
        stage.Fleet.EachAsync(services, instance => instance.SpoilAsync(
            new FaultPlan(kinds, share, instance.Service == ServiceNames.Primary ? [$"/{PageKind.Cached}/"] : [])));
}
