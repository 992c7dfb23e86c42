using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Stitcher.Chaos.Watching;

namespace Stitcher.Chaos.Processes;

/// <summary>What a gateway told: its measurements as they grew, and its log.</summary>
internal sealed partial class GatewayTelemetry
{
    private const int KeptErrors = 5;

    private readonly Lock _lock = new();
    private readonly List<(long At, string Key, long Added)> _measured = [];
    private readonly List<(long At, int Event)> _events = [];
    private readonly List<string> _errors = [];
    private bool _inError;

    /// <summary>The log's number for a service that is asked no more for a while.</summary>
    public const int CircuitOpened = 30;

    /// <summary>The log's number for an instance that is asked no more for a while.</summary>
    public const int DestinationEjected = 32;

    /// <summary>The first log records of level error or worse.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_lock)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>How many log records of level error or worse there were.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Takes a line of the process.</summary>
    public void Hear(string line)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            if (line.StartsWith(GatewayWatch.Prefix, StringComparison.Ordinal))
            {
                foreach (var field in line[GatewayWatch.Prefix.Length..].Split(' '))
                {
                    var equals = field.LastIndexOf('=');
                    _measured.Add((now, field[..equals], long.Parse(field[(equals + 1)..], CultureInfo.InvariantCulture)));
                }
            }
            else if (LogRecord().Match(line) is { Success: true } record)
            {
                HearRecord(now, record, line);
            }
            else if (_inError && _errors.Count > 0 && _errors[^1].Length < 2_000)
            {
                _errors[^1] += "\n" + line;
            }
            else if (line.StartsWith("Unhandled exception", StringComparison.Ordinal))
            {
                Keep(line);
            }
        }
    }

    /// <summary>How much was added to measurements in a time.</summary>
    /// <param name="chosen">Which ones.</param>
    /// <param name="from">The beginning, a timestamp.</param>
    /// <param name="to">The end.</param>
    public long Added(Func<string, bool> chosen, long from, long to)
    {
        lock (_lock)
        {
            return _measured.Where(entry => entry.At >= from && entry.At < to && chosen(entry.Key)).Sum(entry => entry.Added);
        }
    }

    /// <summary>All measurements whose name begins so, summed.</summary>
    public IReadOnlyDictionary<string, long> Sums(string prefix, long from)
    {
        lock (_lock)
        {
            return _measured.Where(entry => entry.At >= from && entry.Key.StartsWith(prefix, StringComparison.Ordinal))
                .GroupBy(entry => entry.Key[prefix.Length..]).ToDictionary(group => group.Key, group => group.Sum(entry => entry.Added));
        }
    }

    /// <summary>When a log record of this number was first written at or after a time; null if never.</summary>
    public long? First(int number, long from)
    {
        lock (_lock)
        {
            return _events.Where(entry => entry.Event == number && entry.At >= from).Select(entry => (long?)entry.At).FirstOrDefault();
        }
    }

    /// <summary>How many log records of this number there were since a time.</summary>
    public int Count(int number, long from)
    {
        lock (_lock)
        {
            return _events.Count(entry => entry.Event == number && entry.At >= from);
        }
    }

    private void HearRecord(long now, Match record, string line)
    {
        // Only the engine's own numbers mean what they are taken for here.
        if (record.Groups[2].Value.StartsWith("Stitcher", StringComparison.Ordinal))
        {
            _events.Add((now, int.Parse(record.Groups[3].ValueSpan, CultureInfo.InvariantCulture)));
        }

        _inError = record.Groups[1].Value is "fail" or "crit";
        if (_inError)
        {
            Keep(line);
        }
    }

    private void Keep(string line)
    {
        ErrorCount++;
        if (_errors.Count < KeptErrors)
        {
            _errors.Add(line);
        }
        else
        {
            _inError = false;
        }
    }

    [GeneratedRegex(@"^(trce|dbug|info|warn|fail|crit): ([A-Za-z0-9_.`]+)\[(\d+)\]")]
    private static partial Regex LogRecord();
}
