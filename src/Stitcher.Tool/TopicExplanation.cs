using System.Collections.Immutable;
using Stitcher.Federation;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>Who publishes a topic, who listens to it, and where they do not agree.</summary>
internal sealed record TopicExplanation(string Topic, ImmutableArray<TopicPart> Publishes, ImmutableArray<TopicPart> Hears, ImmutableArray<FederationDiagnostic> Diagnostics)
{
    public static TopicExplanation? Of(Portfolio portfolio, NegotiationResult result, string topic)
    {
        var services = portfolio.Services.Where(static service => !service.IsRetained).OrderBy(static service => service.Name, StringComparer.Ordinal).ToList();
        ImmutableArray<TopicPart> publishes =
            [.. services.SelectMany(s => (s.Manifest.Events?.Publishes ?? []).Where(p => p.Topic == topic).Select(p => new TopicPart(s.Name, p.Retained, p.Schema)))];
        ImmutableArray<TopicPart> hears =
            [.. services.SelectMany(s => (s.Manifest.Events?.Subscribes ?? []).Where(h => h.Topic == topic).Select(h => new TopicPart(s.Name, h.Retained, h.Schema)))];
        return publishes.IsEmpty && hears.IsEmpty ? null : new TopicExplanation(topic, publishes, hears,
        [
            .. result.Diagnostics.Where(said => said.Code is FederationCodes.TopicUnpublished or FederationCodes.TopicSchemasDiffer or FederationCodes.TopicRetentionDiffers
                && (said.Subject == topic || said.Subject?.StartsWith(topic + " ", StringComparison.Ordinal) == true)),
        ]);
    }

    public override string ToString() => string.Join('\n',
    [
        $"{Topic} is a topic.",
        .. Publishes.Select(static part => $"  published by {part}"),
        .. Hears.Select(static part => $"  heard by {part}"),
        .. Diagnostics.Select(static said => $"  {said.Code} {said.Message}"),
    ]);
}
