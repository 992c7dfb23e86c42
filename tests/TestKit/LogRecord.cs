using Microsoft.Extensions.Logging;

namespace Stitcher.TestKit;

/// <summary>One line of a log, with the fields a log store would index.</summary>
public sealed record LogRecord(string Category, LogLevel Level, EventId Event, string Text, Exception? Exception, IReadOnlyDictionary<string, object?> Fields);
