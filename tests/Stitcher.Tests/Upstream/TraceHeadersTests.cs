using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;
using Xunit;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher.Tests.Upstream;

/// <summary>What services are told of a trace, and when a question has a span of its own.</summary>
public sealed class TraceHeadersTests
{
    // The client library's own names for its spans, and the test's way to know its own among those of others.
    private const string Library = "System.Net.Http";
    private const string OldLibrary = "HttpHandlerDiagnosticListener";

    [Fact]
    public async Task A_service_is_told_of_the_trace_without_a_span_while_nobody_takes_one()
    {
        using var page = Page();
        page.TraceStateString = "vendor=1";

        var headers = await AskAsync(_ => { });

        Assert.Equal((page.Id, "vendor=1"), (headers["traceparent"], headers["tracestate"]));
        Assert.Same(page, Activity.Current);
    }

    [Fact]
    public async Task Whoever_listens_to_the_client_library_gets_a_span_for_each_question()
    {
        using var page = Page();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Library,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var headers = await AskAsync(_ => { });

        var span = Assert.Single(spans, span => span.TraceId == page.TraceId);
        Assert.Equal((page.SpanId, span.Id), (span.ParentSpanId, headers["traceparent"]));
    }

    [Fact]
    public async Task Whoever_listens_in_the_old_way_gets_one_too()
    {
        using var page = Page();
        var events = new ConcurrentQueue<(string Name, Activity? Span)>();
        var library = new TaskCompletionSource<IDisposable>();
        using var looking = DiagnosticListener.AllListeners.Subscribe(new Each<DiagnosticListener>(listener =>
        {
            if (listener.Name == OldLibrary)
            {
                library.SetResult(listener.Subscribe(new Each<KeyValuePair<string, object?>>(told => events.Enqueue((told.Key, Activity.Current)))));
            }
        }));

        // The library makes its listener with its first question.
        await AskAsync(_ => { });
        using var listening = await library.Task;
        events.Clear();
        var headers = await AskAsync(_ => { });

        var (_, span) = Assert.Single(events, e => e.Name == "System.Net.Http.HttpRequestOut.Start" && e.Span?.TraceId == page.TraceId);
        Assert.Equal((page.SpanId, span!.Id), (span.ParentSpanId, headers["traceparent"]));
    }

    [Fact]
    public async Task An_app_that_tells_services_of_no_trace_is_heeded()
    {
        using var page = Page();
        var headers = await AskAsync(services => services.AddSingleton<IForwarderHttpClientFactory>(new SilentFactory()));
        Assert.DoesNotContain("traceparent", headers.Keys);
    }

    private static Activity Page() => new Activity("page").SetIdFormat(ActivityIdFormat.W3C).Start();

    private static async Task<IReadOnlyDictionary<string, string>> AskAsync(Action<IServiceCollection> before)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/card", "<p>x</p>");
        await using var proxy = ServicesBehindTheProxy.With(before, [], service.Address);
        using var response = await proxy.AskAsync();
        Assert.True(response.Succeeded, response.Detail);
        return Assert.Single(service.Requests).Headers;
    }

    private sealed class SilentFactory : ForwarderHttpClientFactory
    {
        protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
        {
            base.ConfigureHandler(context, handler);
            handler.ActivityHeadersPropagator = null;
        }
    }

    private sealed class Each<T>(Action<T> take) : IObserver<T>
    {
        public void OnNext(T value) => take(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
