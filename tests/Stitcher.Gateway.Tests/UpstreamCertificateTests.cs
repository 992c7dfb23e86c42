using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class UpstreamCertificateTests
{
    [Theory]
    [InlineData("localhost", -1, 1)]
    [InlineData("localhost", -30, -1)]
    [InlineData("elsewhere.example", -1, 1)]
    public async Task V_119_A_service_whose_certificate_does_not_hold_is_refused_and_not_asked_in_the_clear(string name, int fromDay, int toDay)
    {
        await using var service = await TlsService.StartAsync(name, fromDay, toDay);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => Write(setup, service));

        var page = await gateway.GetAsync("/");

        Assert.Contains("own content", page, StringComparison.Ordinal);
        Assert.Equal(0, service.Requests);
    }

    [Fact]
    public async Task V_119_In_development_a_cluster_may_accept_any_certificate()
    {
        await using var service = await TlsService.StartAsync("localhost", -1, 1);
        await using var gateway = await GatewayUnderTest.StartAsync(setup => Write(setup, service)
            .Set("ReverseProxy:Clusters:service:HttpClient:DangerousAcceptAnyServerCertificate", true));

        Assert.Contains("<p>secure</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task V_119_In_production_accepting_any_certificate_stops_the_start()
    {
        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup =>
        {
            setup.Environment = "Production";
            setup
                .Service("service", "https://localhost:1/", "X=/x")
                .Page("/", "<fragment src=\"service/X\"></fragment>")
                .Set("ReverseProxy:Clusters:service:HttpClient:DangerousAcceptAnyServerCertificate", true);
        }));

        Assert.Contains("any certificate is accepted in the environment 'Production'", Assert.Single(exception.Errors), StringComparison.Ordinal);
    }

    private static GatewaySetup Write(GatewaySetup setup, TlsService service) => setup
        .Service("service", service.Address, "X=/x")
        .Page("/", "<fragment src=\"service/X\" timeout=\"8s\"><p>own content</p></fragment>", ("Deadline", "10s"));

    private sealed class TlsService : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _requests;

        private TlsService(X509Certificate2 certificate)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
            _app = builder.Build();
            _app.Run(context =>
            {
                Interlocked.Increment(ref _requests);
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync("<p>secure</p>");
            });
        }

        public int Requests => _requests;

        public string Address { get; private set; } = "";

        public static async Task<TlsService> StartAsync(string name, int fromDay, int toDay)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(names.Build());
            using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDay), DateTimeOffset.UtcNow.AddDays(toDay));
            var service = new TlsService(X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null));
            await service._app.StartAsync();
            var port = new Uri(service._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
            service.Address = $"https://localhost:{port}/";
            return service;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
