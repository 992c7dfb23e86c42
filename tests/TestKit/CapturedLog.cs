using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stitcher.TestKit;

/// <summary>Keeps what a host logs, for tests to read.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogRecord> _records = new();

    /// <summary>Everything logged so far.</summary>
    public IReadOnlyList<LogRecord> Records => [.. _records];

    /// <summary>What was logged under an event's name.</summary>
    public IEnumerable<LogRecord> Events(string name) => _records.Where(record => record.Event.Name == name);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _records);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogRecord> records) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            records.Enqueue(new LogRecord(category, logLevel, eventId, formatter(state, exception), exception, FieldsOf(state)));

        private static Dictionary<string, object?> FieldsOf<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> fields ? fields.ToDictionary() : [];
    }
}
