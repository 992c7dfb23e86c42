using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Stitcher.Upstream;
using Xunit;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher.Tests.Upstream;

/// <summary>Names, addresses and the life of connections, with a resolver that a test scripts.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task V_027_A_name_without_an_address_fails_at_once_and_is_not_looked_up_again_within_a_second()
    {
        var clock = new FakeTimeProvider();
        var lookups = 0;
        await using var proxy = ServicesBehindTheProxy.With(
            services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ResolveHost>((_, _) =>
            {
                lookups++;
                return Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
            }),
            [],
            "http://products.test/");

        // Too short for a second attempt, which would wait for the clock.
        var total = TimeSpan.FromMilliseconds(250);
        Assert.Equal((UpstreamFailure.Connect, "'products.test' has no address"), await FailureAsync(proxy, total));
        Assert.Equal(1, lookups);
        clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Equal((UpstreamFailure.Connect, "'products.test' had no address less than a second ago"), await FailureAsync(proxy, total));
        Assert.Equal(1, lookups);
        clock.Advance(TimeSpan.FromMilliseconds(200));
        await FailureAsync(proxy, total);
        Assert.Equal(2, lookups);
    }

    [Fact]
    public async Task V_027_A_resolver_that_does_not_answer_costs_the_connect_time_once_a_second()
    {
        var clock = new FakeTimeProvider();
        var lookups = 0;
        await using var proxy = ServicesBehindTheProxy.With(
            services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ResolveHost>(async (_, token) =>
            {
                lookups++;
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return [];
            }),
            new() { ["Stitcher:Limits:ConnectTime"] = "100ms" },
            "http://products.test/");

        // The second attempt of the same question is not made to wait. The pause before it begins a moment after it is counted, however long that moment is.
        var asking = FailureAsync(proxy);
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(proxy.Counted("stitcher.attempts.second") == 1 ? 2 : 0));
                return asking.IsCompleted;
            },
            "the second attempt has failed, too");
        var (failure, _) = await asking;
        Assert.Equal((UpstreamFailure.Connect, 1), (failure, lookups));
    }

    [Fact]
    public async Task V_028_A_name_that_leads_elsewhere_is_followed_when_its_connections_have_lived_long_enough()
    {
        var answer = (string text) => RawAnswer.Of(RawService.Http(text)).ThenAgain();
        await using var old = RawService.Start(answer("old"));
        await using var moved = RawService.StartAt(new IPEndPoint(IPAddress.Parse("127.0.0.2"), old.Port), answer("moved"));
        var address = IPAddress.Loopback;
        await using var proxy = ServicesBehindTheProxy.With(
            services => services.AddSingleton<ResolveHost>((_, _) => Task.FromResult<IPAddress[]>([address])),
            new() { ["Stitcher:AllowedAddresses:0"] = "127.0.0.0/8", ["Stitcher:Limits:ConnectionLifetime"] = "5s" },
            $"http://products.test:{old.Port}/");

        Assert.Equal("old", await BodyAsync(proxy));
        address = IPAddress.Parse("127.0.0.2");
        Assert.Equal("old", await BodyAsync(proxy));
        Assert.Equal(1, old.Connections);
        await Eventually.HoldsAsync(async () => await BodyAsync(proxy) == "moved", "the new address is used");
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.1.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("224.0.0.1")]
    public async Task V_069_A_name_that_leads_to_an_address_no_service_has_is_not_connected_to(string address)
    {
        await using var proxy = ServicesBehindTheProxy.With(
            services => services.AddSingleton<ResolveHost>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)])), [], "http://products.test/");
        Assert.Equal(
            (UpstreamFailure.Connect, $"'products.test' leads to {address}, which no service has unless Stitcher:AllowedAddresses names it"), await FailureAsync(proxy));
    }

    [Theory]
    [InlineData("http://169.254.169.254/", "169.254.169.254")]
    [InlineData("http://[fe80::1]/", "fe80::1")]
    [InlineData("http://[::ffff:169.254.169.254]/", "::ffff:169.254.169.254")]
    public async Task V_069_Such_an_address_is_not_connected_to_when_it_is_written_out_either(string destination, string address)
    {
        await using var proxy = ServicesBehindTheProxy.At(destination);
        Assert.Equal(
            (UpstreamFailure.Connect, $"{address} is an address that no service has, unless Stitcher:AllowedAddresses names it"), await FailureAsync(proxy));
    }

    [Fact]
    public async Task V_069_Unless_the_settings_allow_it()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("allowed")));
        await using var proxy = ServicesBehindTheProxy.With(
            services => services.AddSingleton<ResolveHost>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254"), IPAddress.Loopback])),
            new() { ["Stitcher:AllowedAddresses:0"] = "127.0.0.1" },
            $"http://products.test:{service.Port}/");
        Assert.Equal("allowed", await BodyAsync(proxy));
    }

    [Fact]
    public async Task Localhost_is_the_operators_own_word()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("here")));
        await using var proxy = ServicesBehindTheProxy.With(_ => { }, [], $"http://localhost:{service.Port}/");
        Assert.Equal("here", await BodyAsync(proxy));
    }

    [Fact]
    public async Task What_an_app_configures_for_its_clients_before_has_the_last_word()
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("x")));
        SocketsHttpHandler? seen = null;
        var limits = TimeSpan.Zero;
        await using var proxy = ServicesBehindTheProxy.With(
            services => services.AddSingleton<IForwarderHttpClientFactory>(new ConfiguredFactory(handler =>
            {
                limits = handler.ConnectTimeout;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(9);
                seen = handler;
            })),
            new() { ["Stitcher:Limits:ConnectTime"] = "5s", ["Stitcher:Limits:ResponseHeaderBytes"] = "2049" },
            service.Address);

        Assert.Equal("x", await BodyAsync(proxy));
        Assert.Equal(
            (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(9), TimeSpan.FromSeconds(30), 3),
            (limits, seen!.PooledConnectionLifetime, seen.PooledConnectionIdleTimeout, seen.MaxResponseHeadersLength));
        Assert.Equal((false, false, false, DecompressionMethods.None), (seen.UseProxy, seen.UseCookies, seen.AllowAutoRedirect, seen.AutomaticDecompression));
    }

    [Fact]
    public async Task A_factory_of_the_apps_own_stays()
    {
        var own = new OwnFactory();
        await using var proxy = ServicesBehindTheProxy.With(services => services.AddSingleton<IForwarderHttpClientFactory>(own), [], "http://127.0.0.1/");
        Assert.Same(own, proxy.Engine.GetRequiredService<IForwarderHttpClientFactory>());
    }

    private static async Task<(UpstreamFailure Failure, string? Detail)> FailureAsync(ServicesBehindTheProxy proxy, TimeSpan? total = null)
    {
        using var response = await proxy.AskAsync(total: total);
        return (response.Failure, response.Detail);
    }

    private static async Task<string> BodyAsync(ServicesBehindTheProxy proxy)
    {
        using var response = await proxy.AskAsync();
        Assert.True(response.Succeeded, response.Detail);
        return System.Text.Encoding.UTF8.GetString(response.Body.Span);
    }

    /// <summary>What <c>ConfigureHttpClient</c> of the reverse proxy adds.</summary>
    private sealed class ConfiguredFactory(Action<SocketsHttpHandler> configure) : ForwarderHttpClientFactory
    {
        protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
        {
            base.ConfigureHandler(context, handler);
            configure(handler);
        }
    }

    private sealed class OwnFactory : IForwarderHttpClientFactory
    {
        public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) => new(new SocketsHttpHandler(), disposeHandler: true);
    }
}
