using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Federation;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>Tells the log what a map that is about to be published has to say, and nothing twice.</summary>
internal sealed class FederationNews(ILogger<FederationState>? logger)
{
    // A portfolio in ruins would fill the log.
    private const int MostTold = 64;

    private HashSet<FederationDiagnostic> _told = [];

    public void Tell(FederationSnapshot next, FederationSnapshot before, IEnumerable<string> expected)
    {
        if (logger is null)
        {
            return;
        }

        if (next.Generation != before.Generation)
        {
            logger.MapPublished(next.Generation!, next.Services.Count, next.Result.Map.Imports.Count);
        }

        // Whoever publishes a topic may be a service that has not been seen yet: what nobody publishes is told when all have been.
        var isComplete = expected.All(next.Services.ContainsKey);
        var known = next.Result.Diagnostics.Where(said => isComplete || said.Code != FederationCodes.TopicUnpublished).ToHashSet();
        foreach (var said in next.Result.Diagnostics.Where(said => known.Contains(said) && !_told.Contains(said)).Take(MostTold))
        {
            var level = said.Level switch
            {
                DiagnosticLevel.Info => LogLevel.Information,
                DiagnosticLevel.Warning => LogLevel.Warning,
                _ => LogLevel.Error,
            };
            logger.FederationSaid(level, said.Code, said.Message);
        }

        _told = known;
    }
}
