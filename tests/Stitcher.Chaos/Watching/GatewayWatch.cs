using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Stitcher.Chaos.Watching;

/// <summary>
/// Listens inside the gateway to its own measurements and writes what was added since the last line: <c>#chaos ask:22003=12 slot:users|fresh|none=40</c>.
/// The measurements are public instruments of the gateway and of .NET, so nothing of the gateway has to be changed to be watched.
/// </summary>
internal static class GatewayWatch
{
    /// <summary>What each line begins with.</summary>
    public const string Prefix = "#chaos ";

    /// <summary>Questions begun, by the port they go to; a retry is one more.</summary>
    public const string Asked = "ask:";

    /// <summary>Slots written: <c>service|outcome|failure</c>.</summary>
    public const string Slot = "slot:";

    /// <summary>Names looked up.</summary>
    public const string Lookups = "lookups";

    /// <summary>Exceptions of tasks that nobody observed.</summary>
    public const string Unobserved = "unobserved";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly ConcurrentDictionary<string, long> Added = new(StringComparer.Ordinal);
    private static MeterListener? _listener;
    private static Timer? _timer;

    /// <summary>Begins to listen.</summary>
    public static void Start()
    {
        TaskScheduler.UnobservedTaskException += (_, _) => Add(Unobserved, 1);
        _listener = new MeterListener { InstrumentPublished = Choose };
        _listener.SetMeasurementEventCallback<long>(Measured);
        _listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(Lookups, instrument.Name == "dns.lookup.duration" ? 1 : 0));
        _listener.Start();
        _timer = new Timer(_ => Tell(), null, Interval, Interval);
    }

    private static void Choose(Instrument instrument, MeterListener listener)
    {
        if ((instrument.Meter.Name, instrument.Name) is ("Stitcher", "stitcher.slots") or ("System.Net.Http", "http.client.active_requests")
            or ("System.Net.NameResolution", "dns.lookup.duration"))
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static void Measured(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name == "stitcher.slots")
        {
            Add($"{Slot}{Tag(tags, "stitcher.service")}|{Tag(tags, "stitcher.outcome")}|{Tag(tags, "stitcher.failure")}", value);
        }
        else if (value > 0)
        {
            Add(Asked + Tag(tags, "server.port"), value);
        }
    }

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            }
        }

        return "";
    }

    private static void Add(string key, long value)
    {
        if (value != 0)
        {
            Added.AddOrUpdate(key, value, (_, before) => before + value);
        }
    }

    private static void Tell()
    {
        var line = new StringBuilder(Prefix);
        foreach (var key in Added.Keys)
        {
            if (Added.TryRemove(key, out var value))
            {
                line.Append(key).Append('=').Append(value).Append(' ');
            }
        }

        if (line.Length > Prefix.Length)
        {
            Console.Error.WriteLine(line.ToString().TrimEnd());
        }
    }
}
