using Stitcher.Chaos.Load;
using Stitcher.Chaos.Processes;
using Stitcher.Chaos.Services;

namespace Stitcher.Chaos.Scenarios;

/// <summary>All scenarios, in order. A target in words stands in each one's promises.</summary>
internal static class ScenarioCatalog
{
    private const string Users = "users";
    private const string Orders = "orders";
    private const string Analytics = "analytics";

    // Where a primary redirects to is an answer, and the page's: nothing that could be lost. C-13 does that on purpose.
    private static readonly IReadOnlyList<FaultKind> Faults = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.RedirectToPage)];

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<int>> PrimaryMayBeMissing =
        new[] { PageKind.Plain, PageKind.Private, PageKind.Required, PageKind.Cached }.ToDictionary(kind => kind, IReadOnlyList<int> (_) => [502, 503]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Processes(), .. Answers(), .. Surroundings(), .. Figures(),
    ];

    /// <summary>Those with this number, a letter behind it or not; <c>all</c> means all.</summary>
    public static IReadOnlyList<Scenario> Named(string id) => id.Equals("all", StringComparison.OrdinalIgnoreCase)
        ? All
        : [.. All.Where(scenario => scenario.Id.TrimEnd('a', 'b').Equals(id, StringComparison.OrdinalIgnoreCase) || scenario.Id.Equals(id, StringComparison.OrdinalIgnoreCase))];

    private static IEnumerable<Scenario> Processes() =>
    [
        new("C-01", "kill -9 one instance of each service in turn")
        {
            Touched = ServiceNames.All,
            Steps =
            [
                Steps.Kill(10, ServiceNames.Primary, "a"), Steps.Start(14, ServiceNames.Primary, "a"),
                Steps.Kill(15, Users, "b"), Steps.Start(19, Users, "b"),
                Steps.Kill(20, Orders, "a"), Steps.Start(24, Orders, "a"),
                Steps.Kill(25, Analytics, "b"), Steps.Start(29, Analytics, "b"),
            ],
            Promises = [Promises.NothingLost],
        },
        new("C-02", "kill -9 all instances of each optional service in turn")
        {
            Touched = ServiceNames.Optional,
            Steps =
            [
                Steps.KillAll(10, Users), Steps.StartAll(16, Users),
                Steps.KillAll(17, Orders), Steps.StartAll(23, Orders),
                Steps.KillAll(24, Analytics), Steps.StartAll(30, Analytics),
            ],
            Promises = [Promises.NothingLost, Promises.Felt, Promises.RecoversWithin(10)],
        },
        new("C-03", "kill -9 all instances of the primary, stale present")
        {
            Mix = PageMix.Only(PageKind.Cached),
            Touched = [ServiceNames.Primary],
            Steps = [Steps.KillAll(10, ServiceNames.Primary), Steps.StartAll(30, ServiceNames.Primary)],
            Promises = [Promises.NothingLost],
        },
        new("C-04", "kill -9 all instances of the primary, only its slot's own content left")
        {
            Mix = PageMix.Only(PageKind.Static),
            Touched = [ServiceNames.Primary],
            OtherStatuses = new Dictionary<string, IReadOnlyList<int>> { [PageKind.Static] = [503] },
            Steps = [Steps.KillAll(10, ServiceNames.Primary), Steps.StartAll(30, ServiceNames.Primary)],
            Promises = [Promises.NothingLost, Promises.Felt, Promises.Noticed, Promises.Quick(0.99, 50, afterFault: 2), Promises.Quick(1, 2_250, until: 2), Promises.RecoversWithin(10)],
        },
        new("C-05a", "SIGSTOP one instance of an optional service")
        {
            Touched = [Analytics],
            Steps =
            [
                Steps.Do(10, "SIGSTOP analytics a", stage => stage.Fleet.Of(Analytics, "a").Pause()),
                Steps.Do(30, "SIGCONT analytics a", stage => stage.Fleet.Of(Analytics, "a").Resume()),
            ],
            Promises = [Promises.NothingLost, Promises.Felt, Promises.Quick(0.99, 1_200, until: 10), Promises.Quick(0.99, 200, afterFault: 10)],
        },
        new("C-05b", "SIGSTOP all instances of an optional service")
        {
            Touched = [Analytics],
            Steps =
            [
                new(10, "SIGSTOP analytics", stage => stage.Fleet.EachAsync([Analytics], Paused)),
                new(30, "SIGCONT analytics", stage => stage.Fleet.EachAsync([Analytics], Resumed)),
            ],
            Promises = [Promises.NothingLost, Promises.Felt, Promises.Quick(0.99, 1_200, until: 10), Promises.Quick(0.99, 200, afterFault: 10), Promises.RecoversWithin(60)],
        },
        new("C-06", "an optional service behind a network that swallows its answers")
        {
            Touched = [Analytics],
            Distant = Analytics,
            HealAt = 45,
            Steps =
            [
                Steps.Do(10, "cut the network to analytics", stage => stage.Fleet.Network.Cut()),
                Steps.Do(45, "mend the network to analytics", stage => stage.Fleet.Network.Mend()),
            ],
            Promises = [Promises.NothingLost, Promises.Felt, Promises.SocketsGone],
            Obstacle = DistantNetwork.Obstacle,
        },
    ];

    private static IEnumerable<Scenario> Answers() =>
    [
        Spoilt("C-07", "slow body", 0.1, [FaultKind.SlowBody], Promises.Quick(0.99, 1_200)),
        Spoilt("C-08", "reset in mid-body", 0.1, [FaultKind.Reset]),
        Spoilt("C-09a", "wrong Content-Length", 0.1, [FaultKind.WrongLength]),
        Spoilt("C-09b", "chunk garbage", 0.1, [FaultKind.ChunkGarbage]),
        Spoilt("C-10", "bodies of 100 MB", 0.05, [FaultKind.Huge], Promises.Memory(150)),
        Spoilt("C-11", "gzip bombs", 0.05, [FaultKind.GzipBomb], Promises.Memory(150), Promises.Cpu(1.5)),
        Spoilt("C-12", "10,000 header lines", 0.05, [FaultKind.ManyHeaders]),
        new("C-13", "redirect loops: optional services, then the primary")
        {
            Touched = ServiceNames.All,
            OtherStatuses = PrimaryMayBeMissing,
            Steps =
            [
                new(10, "every optional service redirects", stage => Steps.SpoilAsync(stage, ServiceNames.Optional, 1, [FaultKind.Redirect])),
                Steps.Mend(20),
                new(20.5, "the primary redirects to its own page", stage => stage.Fleet.EachAsync(
                    [ServiceNames.Primary], instance => instance.SpoilAsync(new FaultPlan([FaultKind.RedirectToPage], 1, [])))),
                Steps.Mend(30),
            ],
            Promises = [Promises.NothingLost, Promises.Felt, Promises.NothingFollowed],
        },
        new("C-14", "a cluster's name cannot be looked up")
        {
            Touched = [Analytics],
            Steps =
            [
                Steps.Do(10, "analytics moves to analytics.invalid", stage => stage.Fleet.Redirect(Analytics, "analytics.invalid")),
                Steps.Do(30, "analytics moves back", stage => stage.Fleet.Redirect(Analytics, null)),
            ],
            Promises = [Promises.NothingLost, Promises.Felt, Promises.FewLookups],
        },
        Spoilt("C-15", "bytes that are no UTF-8, and NUL", 0.1, [FaultKind.BadText]),
        Spoilt("C-16", "100,000 elements inside each other", 0.01, [FaultKind.DeepNesting], Promises.Slower(1, 500, 0.5)),
        Spoilt("C-17", "attribute and formatting bombs", 0.01, [FaultKind.Attributes, FaultKind.Formatting], Promises.Slower(1, 500, 0.5)),
        Spoilt("C-18", "includes inside fragments", 0.1, [FaultKind.Includes], Promises.NothingFollowed),
        new("C-19", "cookie bombs, and a browser that sends all it was given")
        {
            Touched = ServiceNames.All,
            Steps =
            [
                new(10, "every answer sets ten cookies, nine of them of 3 KB", stage => stage.Fleet.EachAsync(
                    ServiceNames.All, instance => instance.SpoilAsync(new FaultPlan([FaultKind.Cookies], 1, [])))),
                Steps.Mend(30),
            ],
            Beside = Crowds.BrowserAsync,
            Promises = [Promises.NothingLost, Promises.Spoilt, Promises.Note(Crowds.CookieBytes, 8 * 1024)],
        },
    ];

    private static IEnumerable<Scenario> Surroundings() =>
    [
        new("C-20", "Redis killed, started, held, let go, emptied")
        {
            NeedsRedis = true,
            Mix = new([(PageKind.Cached, 1)]),
            Steps =
            [
                Steps.Do(10, "kill redis", stage => stage.Redis!.Kill()),
                new(15, "start redis", stage => stage.Redis!.StartAsync()),
                Steps.Do(18, "SIGSTOP redis", stage => stage.Redis!.Pause()),
                Steps.Do(24, "SIGCONT redis", stage => stage.Redis!.Resume()),
                new(27, "FLUSHALL", stage => stage.Redis!.FlushAsync()),
            ],
            Promises = [Promises.NothingLost, Promises.Slower(0.99, 50, 0.99)],
            Obstacle = () => RedisServer.IsInstalled ? null : "needs redis-server on the path",
        },
        new("C-21", "a second gateway with a cold cache takes over from the first under load")
        {
            Steps = [new(10, "start a gateway, then SIGTERM the old one", Crowds.ReplaceGatewayAsync)],
            Beside = Crowds.ProbeAsync,
            Promises = [Promises.NothingLost, Promises.NoHerd],
        },
        new("C-22", "the clock jumps by an hour")
        {
            Obstacle = () => "a process' wall clock cannot be moved from outside without moving the machine's: the tests of the cache move a clock of their own",
        },
        new("C-23", "2,000 readers at once beside the load for 5 s")
        {
            Touched = ServiceNames.All,
            OtherStatuses = new[] { PageKind.Plain, PageKind.Private, PageKind.Required, PageKind.Cached }
                .ToDictionary(kind => kind, IReadOnlyList<int> (_) => [502, 503, 504]),
            HealAt = 15,
            Steps = [new(10, "the crowd comes", stage => Crowds.CrowdAsync(stage, TimeSpan.FromSeconds(5) * stage.Stretch))],
            Promises = [Promises.CalmAgain],
        },
        new("C-24", "soak with 2 % of faults of all kinds")
        {
            Length = TimeSpan.FromMinutes(30),
            Rate = 100,
            Rests = true,
            Touched = ServiceNames.All,
            HealAt = 60,
            Steps =
            [
                // In the rest before the load all that was remembered grows too old to stand in: each page is asked for a few times first.
                new(0.2, "2 % of all faults", stage => Task.WhenAll(
                    Steps.SpoilAsync(stage, ServiceNames.Optional, 0.02, Faults),
                    Steps.SpoilAsync(stage, [ServiceNames.Primary], 0.02, [.. Faults.Where(kind => kind != FaultKind.Redirect)]))),
            ],
            Promises = [Promises.NothingLost, Promises.Felt, .. Promises.Steady],
        },
        new("C-25", "rolling deployment: each instance ends and comes back with a new version")
        {
            Mix = new([(PageKind.Deploy, 2), (PageKind.Plain, 1)]),
            Touched = ServiceNames.All,
            Steps = [.. ServiceNames.All.SelectMany((service, i) => ServiceNames.Instances.Select((name, j) => Deploy(10 + (2.5 * ((2 * i) + j)), service, name)))],
            Promises = [Promises.NothingLost],
        },
    ];

    private static IEnumerable<Scenario> Figures() =>
    [
        new("F-01", "every instance of an optional service answers 503: what an outage costs the service")
        {
            Mix = PageMix.Only(PageKind.Plain),
            Touched = [Users],
            Steps = Steps.Spoil([Users], 1, [FaultKind.Status503]),
            Promises = [Promises.NothingLost, Promises.Felt, Promises.Noticed, Promises.Amplification, Promises.RecoversWithin(60)],
        },
        new("F-02", "four remembered fragments against the layout alone")
        {
            Mix = new([(PageKind.Cached, 1), (PageKind.Shell, 1)]),
            HealAt = 60,
            Promises = [Promises.NothingLost, Promises.CheapWhenWarm],
        },
    ];

    // Of the primary only what can be shown again from memory: nothing stands in for the others of its fragments.
    private static Scenario Spoilt(string id, string name, double share, FaultKind[] kinds, params Promise[] more) => new(id, $"{name} on {share:P0} of the answers")
    {
        Touched = ServiceNames.All,
        Steps = Steps.Spoil(share, kinds),
        Promises = [Promises.NothingLost, Promises.Spoilt, .. more],
    };

    private static Step Deploy(double at, string service, string name) => new(at, $"deploy {service} {name}", async stage =>
    {
        await stage.Fleet.Of(service, name).TerminateAsync();
        await stage.Fleet.Of(service, name).StartAsync(version: 2);
    });

    private static Task Paused(Instance instance)
    {
        instance.Pause();
        return Task.CompletedTask;
    }

    private static Task Resumed(Instance instance)
    {
        instance.Resume();
        return Task.CompletedTask;
    }
}
