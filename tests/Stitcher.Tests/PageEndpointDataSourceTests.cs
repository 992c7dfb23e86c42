using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Stitcher.Planning;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests;

public sealed class PageEndpointDataSourceTests
{
    [Fact]
    public async Task Requests_are_routed_though_the_pages_were_replaced_in_the_very_moment_in_which_routing_took_them_up()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<p>one</p>"));
        var pages = gateway.Services.GetRequiredService<PageEndpointDataSource>();
        var catalog = gateway.Services.GetRequiredService<CatalogState>();
        var replaced = Task.CompletedTask;

        // Routing's own way to take up what several sources have.
        var routing = new CompositeEndpointDataSource(
            [new ReplacedWhenHeard(pages, replace: () => replaced = OnAThreadOfItsOwn(() => catalog.ReloadAsync(announce: false, TestContext.Current.CancellationToken).GetAwaiter().GetResult()))]);
        await OnAThreadOfItsOwn(() => _ = routing.Endpoints).WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);

        await replaced.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => routing.Endpoints.SequenceEqual(pages.Endpoints), "routing has the pages that are in force");
    }

    // Both sides wait for each other without giving way, as routing does.
    private static Task OnAThreadOfItsOwn(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// The pages, replaced by another thread right behind the moment in which somebody begins to listen: when that listener goes on, the other thread is telling them.
    /// </summary>
    private sealed class ReplacedWhenHeard(EndpointDataSource pages, Action replace) : EndpointDataSource
    {
        private volatile bool _isTelling;
        private int _times;

        public override IReadOnlyList<Endpoint> Endpoints => pages.Endpoints;

        public override IChangeToken GetChangeToken() => new Token(this, pages.GetChangeToken());

        private IDisposable Listen(IChangeToken token, Action<object?> callback, object? state)
        {
            var registration = token.RegisterChangeCallback(
                _ =>
                {
                    _isTelling = true;
                    callback(state);
                },
                null);
            if (Interlocked.Increment(ref _times) == 1)
            {
                replace();
                SpinWait.SpinUntil(() => _isTelling, Eventually.Deadline);
            }

            return registration;
        }

        private sealed class Token(ReplacedWhenHeard owner, IChangeToken token) : IChangeToken
        {
            public bool HasChanged => token.HasChanged;

            public bool ActiveChangeCallbacks => token.ActiveChangeCallbacks;

            public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => owner.Listen(token, callback, state);
        }
    }
}
