using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Planning;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests;

public sealed class PageEndpointTests
{
    [Fact]
    public async Task V140_A_page_that_breaks_after_its_first_bytes_is_cut_off_and_never_ends_in_an_error_page()
    {
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>late</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x")
            .Page("/", "<p>early</p><fragment src=\"one/X\" timeout=\"20s\"></fragment>", ("Deadline", "30s")));

        using var body = new BreakingStream(gate);
        var lifetime = new Lifetime();
        var context = new DefaultHttpContext { RequestServices = gateway.Services };
        context.Features.Set<IHttpResponseFeature>(new StartedOnceWritten(body));
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Request.Method = "GET";
        context.Request.Path = "/";

        var plan = Assert.Single(gateway.Services.GetRequiredService<CatalogState>().Current.Pages);
        await gateway.Services.GetRequiredService<PageEndpoint>().InvokeAsync(context, plan);

        Assert.True(lifetime.IsAborted);
        Assert.Contains("<p>early</p>", body.Written, StringComparison.Ordinal);
        Assert.DoesNotContain("went wrong", body.Written, StringComparison.Ordinal);
        Assert.Equal(200, context.Response.StatusCode);
    }

    // Takes the first bytes, then fails like a defect would: with something nobody expects.
    private sealed class BreakingStream(Gate gate) : MemoryStream
    {
        public string Written => System.Text.Encoding.UTF8.GetString(ToArray());

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Length > 0)
            {
                throw new InvalidOperationException("a defect");
            }

            Write(buffer.Span);
            gate.Open();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class StartedOnceWritten(MemoryStream body) : HttpResponseFeature
    {
        public override bool HasStarted => body.Length > 0;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool IsAborted { get; private set; }

        public void Abort() => IsAborted = true;
    }
}
