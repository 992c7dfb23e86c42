using Microsoft.Extensions.Logging;

namespace Stitcher.Diagnostics;

/// <summary>Every sentence the engine logs. Never a query string, cookie, token or body: paths and names only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Serving {Pages} pages from {Services} services", EventName = "CatalogReady")]
    public static partial void CatalogReady(this ILogger logger, int pages, int services);

    [LoggerMessage(2, LogLevel.Error, "The changed configuration was not taken, the last good one stays. {Errors}", EventName = "CatalogRefused")]
    public static partial void CatalogRefused(this ILogger logger, string errors);

    [LoggerMessage(3, LogLevel.Information, "The changed configuration is in force: {Pages} pages, {Services} services", EventName = "CatalogReplaced")]
    public static partial void CatalogReplaced(this ILogger logger, int pages, int services);

    [LoggerMessage(4, LogLevel.Error, "Rebuilding the pages failed; the last good ones stay", EventName = "CatalogFailed")]
    public static partial void CatalogFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Stopping: not ready any more, new connections are taken for {Seconds} s yet", EventName = "Draining")]
    public static partial void Draining(this ILogger logger, double seconds);

    [LoggerMessage(6, LogLevel.Warning, "{Pages} pages are under way, as many as may be (Stitcher:Limits:PagesInFlight); further ones are answered 503", EventName = "PagesRefused")]
    public static partial void PagesRefused(this ILogger logger, int pages);

    [LoggerMessage(7, LogLevel.Information, "{Who} purged {Count} fragments ({Mode}) of {Service}: {What}", EventName = "Purged")]
    public static partial void Purged(this ILogger logger, string who, int count, string mode, string service, string what);

    [LoggerMessage(8, LogLevel.Warning, "{Who} tried to purge fragments of {Service}, which its token does not cover", EventName = "PurgeForbidden")]
    public static partial void PurgeForbidden(this ILogger logger, string who, string service);

    [LoggerMessage(9, LogLevel.Warning, "{Folder} is not watched, an edited layout needs a restart: {Reason}", EventName = "LayoutsNotWatched")]
    public static partial void LayoutsNotWatched(this ILogger logger, string folder, string reason);

    /// <summary>A page that shows less than it should.</summary>
    public static readonly EventId PageDegraded = new(10, nameof(PageDegraded));

    /// <summary>A page that could not be shown, or not as what was asked for.</summary>
    public static readonly EventId PageFailed = new(11, nameof(PageFailed));

    /// <summary>A whole page, with something old in the place of a failure.</summary>
    public static readonly EventId PageStale = new(15, nameof(PageStale));

    /// <summary>A page as it should be.</summary>
    public static readonly EventId PageComposed = new(16, nameof(PageComposed));

    /// <summary>The one record of a page. Its text is what the fields say of themselves.</summary>
    public static void PageEnded<T>(this ILogger logger, LogLevel level, EventId kind, T fields)
        where T : IReadOnlyList<KeyValuePair<string, object?>> => logger.Log(level, kind, fields, null, static (fields, _) => fields.ToString()!);

    [LoggerMessage(12, LogLevel.Error, "Page {Page} was cut off after its first bytes had left", EventName = "PageAborted")]
    public static partial void PageAborted(this ILogger logger, Exception exception, string page);

    [LoggerMessage(13, LogLevel.Error, "Composing page {Page} failed", EventName = "PageCrashed")]
    public static partial void PageCrashed(this ILogger logger, Exception exception, string page);

    [LoggerMessage(14, LogLevel.Warning, "Page {Page}: '{Part}' of {Dropped} is left out, since {Kept} brings another", EventName = "HeadConflict")]
    public static partial void HeadConflict(this ILogger logger, string page, string part, string dropped, string kept);

    [LoggerMessage(20, LogLevel.Warning, "Fragment {Service}/{Fragment} was refused: {Reason}. {Unsaid} more since this was said last", EventName = "FragmentRefused")]
    public static partial void FragmentRefused(this ILogger logger, string service, string fragment, string reason, long unsaid);

    [LoggerMessage(21, LogLevel.Error, "Fetching {Service}/{Fragment} failed by a defect of the gateway", EventName = "FetchCrashed")]
    public static partial void FetchCrashed(this ILogger logger, Exception exception, string service, string fragment);

    [LoggerMessage(30, LogLevel.Warning, "Service {Service}: its circuit is open for {Seconds} s after repeated failures", EventName = "CircuitOpened")]
    public static partial void CircuitOpened(this ILogger logger, string service, double seconds);

    [LoggerMessage(31, LogLevel.Information, "Service {Service}: its circuit is closed again", EventName = "CircuitClosed")]
    public static partial void CircuitClosed(this ILogger logger, string service);

    [LoggerMessage(32, LogLevel.Warning, "Cluster {Cluster}: destination {Destination} is out for {Seconds} s after {Failures} failures in a row", EventName = "DestinationEjected")]
    public static partial void DestinationEjected(this ILogger logger, string cluster, string destination, double seconds, int failures);

    [LoggerMessage(33, LogLevel.Warning, "Cluster {Cluster}: a proxied request failed ({Error}): {Reason}. {Unsaid} more since this was said last", EventName = "ProxiedFailed")]
    public static partial void ProxiedFailed(this ILogger logger, string cluster, string error, string? reason, long unsaid);

    [LoggerMessage(34, LogLevel.Warning, "The connections to services are made by {Factory}, added behind AddStitcher: its limits on them (Stitcher:Limits:ConnectTime, ConnectionLifetime, ConnectionIdle, ResponseHeaderBytes) and on addresses do not hold; configure the reverse proxy's clients before AddStitcher", EventName = "ConnectionsNotLimited")]
    public static partial void ConnectionsNotLimited(this ILogger logger, string factory);

    [LoggerMessage(40, LogLevel.Information, "Manifest of {Service}: revision {Revision} with {Exposes} exposed names", EventName = "ManifestTaken")]
    public static partial void ManifestTaken(this ILogger logger, string service, string? revision, int exposes);

    [LoggerMessage(41, LogLevel.Warning, "Manifest of {Service} could not be read: {Reason}", EventName = "ManifestUnreadable")]
    public static partial void ManifestUnreadable(this ILogger logger, string service, string reason);

    [LoggerMessage(42, LogLevel.Warning, "Manifest of {Service}: {Code} {Subject}: {Problem}", EventName = "ManifestProblem")]
    public static partial void ManifestProblem(this ILogger logger, string service, string code, string subject, string problem);

    [LoggerMessage(43, LogLevel.Warning, "Page {Page}: {Service} has no fragment {Fragment}; its slot shows its own content until a manifest names it", EventName = "FragmentUnknown")]
    public static partial void FragmentUnknown(this ILogger logger, string page, string service, string fragment);

    [LoggerMessage(44, LogLevel.Error, "Looking at the manifest of {Service} failed by a defect of the gateway", EventName = "ManifestPollCrashed")]
    public static partial void ManifestPollCrashed(this ILogger logger, Exception exception, string service);

    [LoggerMessage(45, LogLevel.Error, "The import map was not published, the last good one stays: {Faults} specifiers would not lead where they should; the first: {Fault}", EventName = "MapRefused")]
    public static partial void MapRefused(this ILogger logger, int faults, string fault);

    [LoggerMessage(46, LogLevel.Information, "Import map {Generation}: {Services} services, {Imports} specifiers", EventName = "MapPublished")]
    public static partial void MapPublished(this ILogger logger, string generation, int services, int imports);

    [LoggerMessage(EventId = 47, EventName = "FederationSaid", Message = "{Code}: {Message}")]
    public static partial void FederationSaid(this ILogger logger, LogLevel level, string code, string message);

    [LoggerMessage(48, LogLevel.Warning, "File {File} of {Service}, revision {Revision}, is not kept: {Reason}", EventName = "FileNotKept")]
    public static partial void FileNotKept(this ILogger logger, string service, string revision, string file, string reason);

    [LoggerMessage(49, LogLevel.Warning, "What is remembered of {Service} in Stitcher:Federation:StateFolder {Problem}", EventName = "StateUnusable")]
    public static partial void StateUnusable(this ILogger logger, string service, string problem);

    [LoggerMessage(56, LogLevel.Information, "Manifest of {Service}: {Token} pushed revision {Revision}: {Verdict}", EventName = "ManifestPushed")]
    public static partial void ManifestPushed(this ILogger logger, string token, string service, string revision, string verdict);

    [LoggerMessage(57, LogLevel.Information, "Manifest of {Service}: revision {Revision} is older than the current one and counts only when it is seen alone", EventName = "ManifestOlder")]
    public static partial void ManifestOlder(this ILogger logger, string service, string revision);

    [LoggerMessage(70, LogLevel.Warning, "Route {Route}: a session that {Service} wants is not made: {Reason}", EventName = "SessionRefused")]
    public static partial void SessionRefused(this ILogger logger, string route, string service, string reason);

    [LoggerMessage(71, LogLevel.Information, "Route {Route}: {Service} {Change} a session", EventName = "SessionChanged")]
    public static partial void SessionChanged(this ILogger logger, string route, string service, string change);

    [LoggerMessage(72, LogLevel.Warning, "{Method} {Path} was refused: it came from a page of another site (Stitcher:FormOrigins lets single ones through). {Unsaid} more since this was said last", EventName = "ForeignFormRefused")]
    public static partial void ForeignFormRefused(this ILogger logger, string method, string path, long unsaid);

    [LoggerMessage(73, LogLevel.Warning, "A session was made over plain http for a host that is not this machine: whoever listens on the way can take it. If https ends at a proxy in front, name it in Stitcher:KnownProxies", EventName = "SessionInTheOpen")]
    public static partial void SessionInTheOpen(this ILogger logger);

    [LoggerMessage(50, LogLevel.Debug, "Route {Route}: the service's header {Header} is kept from browsers; the route's metadata {Key} lets it through", EventName = "HeaderKeptBack")]
    public static partial void HeaderKeptBack(this ILogger logger, string route, string header, string key);
}
