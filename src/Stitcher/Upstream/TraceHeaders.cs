using System.Diagnostics;

namespace Stitcher.Upstream;

/// <summary>
/// Tells services of the trace without a span for each question, while nobody would take it. The client library makes one as soon as there is a request's
/// own, with its name, its tags and its times, for the sake of a header that says as much without it.
/// </summary>
/// <param name="inner">The client library's handler.</param>
/// <param name="propagator">What that would write its headers with.</param>
internal sealed class TraceHeaders(HttpMessageHandler inner, DistributedContextPropagator propagator) : DelegatingHandler(inner)
{
    // The names under which the client library tells of its requests: to listen to either is to want its spans.
    private const string SourceName = "System.Net.Http";
    private const string ListenerName = "HttpHandlerDiagnosticListener";

    // Of the library's own source only the name is to be had, and listeners choose by it.
    private static readonly ActivitySource Source = new(SourceName);
    private static readonly OldListener Old = OldListener.Watch();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Activity.Current is not { } activity || Source.HasListeners() || Old.IsEnabled)
        {
            return base.SendAsync(request, cancellationToken);
        }

        propagator.Inject(activity, request, static (carrier, name, value) =>
        {
            if (carrier is HttpRequestMessage { Headers: var headers } && !headers.NonValidated.Contains(name))
            {
                headers.TryAddWithoutValidation(name, value);
            }
        });
        Activity.Current = null;
        try
        {
            return base.SendAsync(request, cancellationToken);
        }
        finally
        {
            Activity.Current = activity;
        }
    }

    /// <summary>The way in which tracers listened before there were sources.</summary>
    private sealed class OldListener : IObserver<DiagnosticListener>
    {
        private volatile DiagnosticListener? _listener;

        public bool IsEnabled => _listener?.IsEnabled() == true;

        public static OldListener Watch()
        {
            var watch = new OldListener();
            DiagnosticListener.AllListeners.Subscribe(watch);
            return watch;
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == ListenerName)
            {
                _listener = value;
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
