using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.Manifests;
using Stitcher.TestKit;
using Stitcher.Tests.Upstream;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class ManifestPollerTests : IAsyncLifetime
{
    private const string Path = "/.well-known/stitcher.json";

    // While we wait, more time passes on the clock than a look may take on a busy machine.
    private static readonly TimeSpan LongerThanAnyTest = TimeSpan.FromHours(10);

    private readonly FakeTimeProvider _clock = new();
    private ScriptedService _service = null!;
    private ServicesBehindTheProxy _proxy = null!;
    private ManifestPoller _poller = null!;
    private FederationState _state = null!;
    private int _changes;

    public async ValueTask InitializeAsync()
    {
        _service = await ScriptedService.StartAsync();
        _proxy = ServicesBehindTheProxy.At(_clock, _service.Address);
        _poller = _proxy.Engine.GetRequiredService<ManifestPoller>();
        _state = _proxy.Engine.GetRequiredService<FederationState>();
        _state.Expect(["products"]);
        _state.Changed += () => Interlocked.Increment(ref _changes);
        _poller.Watch([new ManifestSource("products", "products", Path)], new FederationOptions { PollTimeout = LongerThanAnyTest });
    }

    public async ValueTask DisposeAsync()
    {
        await _poller.StopAsync(default);
        await _proxy.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_manifest_that_comes_late_is_taken_when_it_comes()
    {
        await _poller.StartAsync(default);
        await LooksAsync(3);
        Assert.Empty(_state.Current.Manifests);
        _service.Answers(Path, Json("r1"));
        await HoldsAsync(() => Revision == "r1", "the manifest is taken");
    }

    [Fact]
    public async Task A_new_revision_takes_the_place_of_the_old_one()
    {
        _service.Answers(Path, Json("r1"));
        await _poller.StartAsync(default);
        await HoldsAsync(() => Revision == "r1", "the first manifest is taken");
        _service.Answers(Path, Json("r2"));
        await HoldsAsync(() => Revision == "r2", "the second manifest is taken");
        await HoldsAsync(() => Volatile.Read(ref _changes) == 2, "both were told");
    }

    [Theory]
    [InlineData("dead")]
    [InlineData("broken")]
    [InlineData("error")]
    [InlineData("huge")]
    [InlineData("slow")]
    public async Task A_service_in_trouble_keeps_its_last_good_manifest_and_the_trouble_is_told_once(string trouble)
    {
        _service.Answers(Path, Json("r1"));
        await _poller.StartAsync(default);
        await HoldsAsync(() => Revision == "r1", "the manifest is taken");
        _service.Answers(Path, trouble switch
        {
            "dead" => Answer.Aborts,
            "broken" => Answer.Of("application/json", "{ \"schema\": 1, "u8.ToArray()),
            "error" => Answer.Status(500),
            "huge" => Answer.Of("application/json", new byte[4 * 1024 * 1024]),
            _ => Answer.Hangs,
        });
        await LooksAsync(3, trouble == "slow" ? LongerThanAnyTest : null);
        Assert.Equal("r1", Revision);
        Assert.Equal(1, _changes);
        await _proxy.Log.SingleAsync("ManifestUnreadable");
        _service.Answers(Path, Json("r2"));
        _clock.Advance(LongerThanAnyTest);
        await HoldsAsync(() => Revision == "r2", "the service is looked at again");
    }

    [Fact]
    public async Task A_service_that_sends_the_same_manifest_again_changes_nothing()
    {
        _service.Answers(Path, Json("r1"));
        await _poller.StartAsync(default);
        await HoldsAsync(() => Revision == "r1", "the manifest is taken");
        await LooksAsync(3);
        Assert.Equal(1, _changes);
        Assert.Single(_proxy.Log.Events("ManifestTaken"));
    }

    [Fact]
    public async Task A_service_that_knows_etags_is_asked_whether_there_is_anything_new()
    {
        _service.Answers(Path, request => request.Headers.GetValueOrDefault("If-None-Match") == "\"1\"" ? Answer.Status(304) : Json("r1").With("ETag", "\"1\""));
        await _poller.StartAsync(default);
        await HoldsAsync(() => Revision == "r1", "the manifest is taken");
        await LooksAsync(2);
        Assert.Equal("\"1\"", _service.Requests[^1].Headers["If-None-Match"]);
        Assert.Empty(_proxy.Log.Events("ManifestUnreadable"));
        Assert.Equal(1, _changes);
    }

    private string? Revision => _state.Current.Manifests.GetValueOrDefault("products")?.Revision;

    private static Answer Json(string revision) =>
        Answer.Of("application/json", System.Text.Encoding.UTF8.GetBytes($$"""{ "schema": 1, "name": "products", "revision": "{{revision}}" }"""));

    private Task LooksAsync(int more, TimeSpan? step = null)
    {
        var before = _service.Count(Path);
        return HoldsAsync(() => _service.Count(Path) >= before + more, $"the service is looked at {more} times more", step);
    }

    // Time passes while we wait; how much does not matter.
    private Task HoldsAsync(Func<bool> condition, string promise, TimeSpan? step = null) => Eventually.HoldsAsync(
        () =>
        {
            _clock.Advance(step ?? TimeSpan.FromMilliseconds(500));
            return condition();
        },
        promise);
}
