using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.Federation.Manifests;
using Stitcher.Manifests;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class FederationStateTests
{
    [Fact]
    public void A_page_carries_an_import_map_as_soon_as_any_service_is_to_have_a_manifest()
    {
        var state = new FederationState();
        Assert.True(state.Current.MapFor(["users"]).Element.IsEmpty);
        state.Expect(["users"]);
        Assert.Equal("<script type=\"importmap\">{\"imports\":{}}</script>", Encoding.UTF8.GetString(state.Current.MapFor(["users"]).Element.Span));
        state.Expect([]);
        Assert.True(state.Current.MapFor(["users"]).Element.IsEmpty);
    }

    [Fact]
    public void A_manifest_of_a_service_that_is_not_configured_is_not_taken()
    {
        var state = new FederationState();
        state.Take("users", Manifest("users"));
        Assert.Empty(state.Current.Manifests);
    }

    [Fact]
    public void Who_listens_is_told_of_each_new_manifest_and_finds_it_there()
    {
        var state = new FederationState();
        state.Expect(["users", "orders"]);
        var seen = new List<int>();
        state.Changed += () => seen.Add(state.Current.Manifests.Count);
        state.Take("users", Manifest("users"));
        state.Take("orders", Manifest("orders"));
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public void What_is_known_of_a_service_goes_with_it_and_the_others_stay()
    {
        var state = new FederationState();
        state.Expect(["users", "orders"]);
        state.Take("users", Manifest("users"));
        state.Take("orders", Manifest("orders"));
        state.Expect(["orders"]);
        Assert.Equal(["orders"], state.Current.Manifests.Keys);
    }

    [Fact]
    public void That_nobody_publishes_a_topic_is_told_once_every_service_has_been_seen_and_not_before()
    {
        using var log = new CapturedLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var state = new FederationState(logger: factory.CreateLogger<FederationState>());
        state.Expect(["analytics", "products", "users"]);
        state.Take("analytics", Manifest("analytics") with { Events = new() { Subscribes = [new() { Topic = "product:selected" }, new() { Topic = "product:forgotten" }] } });
        state.Take("users", Manifest("users"));
        Assert.Empty(log.Events("FederationSaid"));

        state.Take("products", Manifest("products") with { Events = new() { Publishes = [new() { Topic = "product:selected" }] } });
        Assert.Contains("'product:forgotten'", Assert.Single(log.Events("FederationSaid")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_is_down_keeps_its_vote_for_a_day_and_no_longer()
    {
        var clock = new FakeTimeProvider();
        var state = new FederationState(clock);
        state.Expect(["users"]);
        state.Take("users", Sharing("r1"));
        var generation = state.Current.Generation;

        clock.Advance(TimeSpan.FromHours(23));
        state.Note("users", isSeen: false, assetsUp: true);
        Assert.Equal(generation, state.Current.Generation);
        Assert.Contains(state.Current.Result.Diagnostics, said => said.Code == "FED120");

        clock.Advance(TimeSpan.FromHours(2));
        state.Note("users", isSeen: false, assetsUp: true);
        Assert.Empty(state.Current.Result.Map.Imports);
        Assert.Contains(state.Current.Result.Diagnostics, said => said.Code == "FED220");

        state.Note("users", isSeen: true, assetsUp: true);
        Assert.Equal(generation, state.Current.Generation);
    }

    [Fact]
    public void A_replaced_revision_is_retained_for_a_day_and_never_wins()
    {
        var clock = new FakeTimeProvider();
        var state = new FederationState(clock);
        state.Expect(["users"]);
        state.Take("users", Sharing("r1"));
        state.Take("users", Sharing("r2"));
        Assert.Equal("/_s/users/~r2/ui.js", state.Current.Result.Map.Imports["ui"]);
        Assert.NotNull(state.Current.Revision("users", "r1"));

        clock.Advance(TimeSpan.FromHours(25));
        state.Note("users", isSeen: true, assetsUp: true);
        Assert.Null(state.Current.Revision("users", "r1"));
        Assert.NotNull(state.Current.Revision("users", "r2"));
    }

    [Fact]
    public async Task Whoever_asks_for_the_map_of_a_page_does_not_wait_while_the_next_one_is_made()
    {
        using var log = new Held();
        var state = new FederationState(logger: log);
        state.Expect(["users"]);
        var generation = state.Current.Generation!;

        log.Hold();
        var making = Task.Run(() => state.Take("users", Sharing("r1")), TestContext.Current.CancellationToken);
        await log.Reached.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
        var resolver = await Task.Run(() => state.ResolverOf(generation), TestContext.Current.CancellationToken)
            .WaitAsync(Eventually.Deadline / 4, TestContext.Current.CancellationToken);

        Assert.NotNull(resolver);
        log.Go();
        Assert.Equal(ManifestVerdict.Promoted, await making);
    }

    [Fact]
    public void A_service_whose_files_cannot_be_had_provides_nothing_until_they_can()
    {
        var state = new FederationState();
        state.Expect(["users", "orders"]);
        state.Take("users", Sharing("r1", "1.9.0"));
        state.Take("orders", Sharing("r1", "1.2.0") with { Name = "orders" });
        Assert.Equal("/_s/users/~r1/ui.js", state.Current.Result.Map.Imports["ui"]);

        state.Note("users", isSeen: false, assetsUp: false);
        Assert.Equal("/_s/orders/~r1/ui.js", state.Current.Result.Map.Imports["ui"]);
        Assert.DoesNotContain("users/Profile", state.Current.Result.Map.Imports.Keys);

        state.Note("users", isSeen: true, assetsUp: true);
        Assert.Equal("/_s/users/~r1/ui.js", state.Current.Result.Map.Imports["ui"]);
    }

    [Fact]
    public void A_revision_that_would_split_a_singleton_waits_while_the_one_before_it_answers()
    {
        var clock = new FakeTimeProvider();
        var state = Holding(clock);

        Assert.Equal(ManifestVerdict.Held, state.Take("users", Strict("users", "r2", "2.0.0")));
        Assert.Equal("r1", state.Current.Manifests["users"].Revision);
        Assert.Equal(("FED301", "ui", "orders@r1"), (state.WaitsFor("users")!.Code, state.WaitsFor("users")!.Package, state.WaitsFor("users")!.Service));

        // Copies of both answer, for as long as a deployment takes.
        for (var i = 0; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(ManifestVerdict.Unchanged, state.Take("users", Strict("users", "r1", "1.0.0"), "r1"u8.ToArray()));
            Assert.Equal(ManifestVerdict.Held, state.Take("users", Strict("users", "r2", "2.0.0")));
        }

        // Whatever it waited for has come.
        Assert.Equal(ManifestVerdict.Promoted, state.Take("orders", Strict("orders", "r2", "1.0.0") with { Shared = [] }));
        Assert.Equal(ManifestVerdict.Promoted, state.Take("users", Strict("users", "r2", "2.0.0")));
    }

    [Fact]
    public void A_revision_that_waits_is_taken_when_no_other_answers_any_more()
    {
        var clock = new FakeTimeProvider();
        var state = Holding(clock);

        Assert.Equal(ManifestVerdict.Held, state.Take("users", Strict("users", "r2", "2.0.0")));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(ManifestVerdict.Held, state.Take("users", Strict("users", "r2", "2.0.0")));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(ManifestVerdict.Promoted, state.Take("users", Strict("users", "r2", "2.0.0")));
        Assert.Contains(state.Current.Result.Diagnostics, said => said.Code == "FED301");
    }

    [Fact]
    public void A_revision_that_is_pushed_waits_as_often_as_it_is_pushed_and_only_for_packages_of_which_it_was_said()
    {
        var clock = new FakeTimeProvider();
        var state = Holding(clock);
        for (var i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            state.Note("users", isSeen: true, assetsUp: true);
            Assert.Equal(ManifestVerdict.Held, state.Take("users", Strict("users", "r2", "2.0.0"), isPushed: true));
        }

        var other = Holding(clock, "another");
        Assert.Equal(ManifestVerdict.Promoted, other.Take("users", Strict("users", "r2", "2.0.0"), isPushed: true));
    }

    [Theory]
    [InlineData("r1", "r1")]
    [InlineData("v 1/2", "x-")]
    [InlineData("../..", "x-")]
    [InlineData("%2e%2e", "x-")]
    public void Whatever_a_revision_is_called_it_is_one_plain_segment_of_an_address(string revision, string word)
    {
        var url = new KnownRevision("users", Sharing(revision), default, default).BaseUrl;
        Assert.StartsWith("/_s/users/~" + word, url, StringComparison.Ordinal);
        Assert.Equal(4, url.Count(c => c == '/'));
        Assert.DoesNotContain('%', url);
    }

    private static ServiceManifest Sharing(string revision, string version = "1.2.0") => new()
    {
        Name = "users",
        Revision = revision,
        Exposes = [new() { Key = "./Profile", Module = "profile.js" }],
        Shared =
        [
            new()
            {
                Package = "ui",
                Version = version,
                RequiredVersion = "^1.0.0",
                Singleton = true,
                Entries = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("ui", "ui.js"),
            },
        ],
    };

    // Two services that run on one copy, and may not run on two.
    private static FederationState Holding(TimeProvider clock, string package = "ui")
    {
        var options = new StitcherOptions { Federation = { Runtime = false } };
        options.Federation.Packages.Add(new PackagePolicyOptions { Name = package, StrictConflict = StrictConflict.Hold });
        var state = new FederationState(clock);
        state.Expect(["users", "orders"], FederationTerms.From(options));
        Assert.Equal(ManifestVerdict.Promoted, state.Take("users", Strict("users", "r1", "1.0.0"), "r1"u8.ToArray()));
        Assert.Equal(ManifestVerdict.Promoted, state.Take("orders", Strict("orders", "r1", "1.0.0")));
        Assert.DoesNotContain(state.Current.Result.Diagnostics, said => said.Code == "FED301");
        return state;
    }

    private static ServiceManifest Strict(string name, string revision, string version)
    {
        var manifest = Sharing(revision, version) with { Name = name };
        return manifest with { Shared = [manifest.Shared[0] with { RequiredVersion = "^" + version, StrictVersion = true }] };
    }

    private static ServiceManifest Manifest(string name) => new() { Name = name, Revision = "1" };

    /// <summary>Stops whoever logs, in the middle of what they do.</summary>
    private sealed class Held : ILogger<FederationState>, IDisposable
    {
        private readonly ManualResetEventSlim _go = new(initialState: true);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Hold() => _go.Reset();

        public void Go() => _go.Set();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!_go.IsSet)
            {
                _reached.TrySetResult();
                _go.Wait(Eventually.Deadline);
            }
        }

        public void Dispose() => _go.Dispose();
    }
}
