using Microsoft.Extensions.Logging;

namespace Stitcher.TestKit;

/// <summary>One line of a log.</summary>
public sealed record LogRecord(string Category, LogLevel Level, EventId Event, string Text, Exception? Exception);
