using System.Diagnostics.Metrics;
using System.Globalization;

namespace Stitcher.Gateway.Tests;

/// <summary>Counts what this process asked of one port, by .NET's own instrument: questions that found nobody count, too.</summary>
internal sealed class AttemptsAt : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly string _port;
    private int _count;

    public AttemptsAt(int port)
    {
        _port = port.ToString(CultureInfo.InvariantCulture);
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "server.port" && Convert.ToString(tag.Value, CultureInfo.InvariantCulture) == _port)
                {
                    Interlocked.Increment(ref _count);
                }
            }
        });
        _listener.Start();
    }

    /// <summary>How many have ended.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
