namespace ProductService.Purging;

/// <summary>What the log says of purges.</summary>
internal static partial class PurgeLog
{
    [LoggerMessage(1, LogLevel.Warning, "The gateway did not forget {Tag}: it answered {Status}. Look at Gateway:Purge:Token here and at Stitcher:Management:Tokens there.")]
    public static partial void PurgeRefused(this ILogger logger, string tag, int status);

    [LoggerMessage(2, LogLevel.Warning, "The gateway could not be told to forget {Tag} ({Reason}); it will show the change when what it remembers is old.")]
    public static partial void PurgeFailed(this ILogger logger, string tag, string reason);
}
