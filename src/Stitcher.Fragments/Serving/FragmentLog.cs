using Microsoft.Extensions.Logging;

namespace Stitcher.Fragments.Serving;

/// <summary>What a service's log hears from the SDK. Never a query string: it may hold what users typed.</summary>
internal static partial class FragmentLog
{
    [LoggerMessage(1, LogLevel.Error, "The fragment {Fragment} failed.")]
    public static partial void FragmentFailed(this ILogger logger, Exception exception, string fragment);

    [LoggerMessage(2, LogLevel.Information, "The fragment {Fragment} was not ready when the gateway's {Milliseconds} ms were over.")]
    public static partial void DeadlinePassed(this ILogger logger, string fragment, double milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "The manifest of {Service}, {Subject}: {Message} ({Code})")]
    public static partial void ManifestProblem(this ILogger logger, string service, string subject, string message, string code);

    [LoggerMessage(4, LogLevel.Warning, "The fragment {Fragment} names {File}, which is not below {Folder}.")]
    public static partial void MissingFile(this ILogger logger, string fragment, string file, string folder);

    [LoggerMessage(5, LogLevel.Warning, "Shared package: {Problem}.")]
    public static partial void PackageProblem(this ILogger logger, string problem);

    [LoggerMessage(6, LogLevel.Warning, "Without {Packages}, these modules cannot run and are left out of the manifest: {Modules}. Their fragments are served as HTML.")]
    public static partial void ModulesLeftOut(this ILogger logger, string modules, string packages);
}
