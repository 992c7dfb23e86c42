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

    /// <summary>Waits for a record under an event's name, and gives the first: a record of an answer is written when its bytes have left.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="isMeant">Which of them. Default: any.</param>
    /// <exception cref="TimeoutException">None came in <see cref="Eventually.Deadline"/>.</exception>
    public async Task<LogRecord> FirstAsync(string name, Func<LogRecord, bool>? isMeant = null) => (await AtLeastAsync(name, 1, isMeant))[0];

    /// <summary>Waits for a record under an event's name, which must be the only one.</summary>
    /// <inheritdoc cref="FirstAsync"/>
    /// <exception cref="InvalidOperationException">There are more.</exception>
    public async Task<LogRecord> SingleAsync(string name, Func<LogRecord, bool>? isMeant = null) => (await AtLeastAsync(name, 1, isMeant)) is [var only]
        ? only
        : throw new InvalidOperationException($"'{name}' was logged more than once.");

    /// <summary>Waits for so many records under an event's name, and gives all there are.</summary>
    /// <inheritdoc cref="FirstAsync"/>
    public async Task<IReadOnlyList<LogRecord>> AtLeastAsync(string name, int count, Func<LogRecord, bool>? isMeant = null)
    {
        IReadOnlyList<LogRecord> found = [];
        await Eventually.HoldsAsync(() => (found = [.. Events(name).Where(record => isMeant?.Invoke(record) ?? true)]).Count >= count, $"'{name}' was logged {count} times");
        return found;
    }

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
