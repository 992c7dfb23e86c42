using System.Collections.Immutable;
using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>Holds what services publish in the browser against what others listen to, and publishers of one topic against each other.</summary>
internal sealed class TopicContracts(IReadOnlyList<Participant> services, DiagnosticLog log)
{
    private readonly ILookup<string, (Participant Service, PublishedTopic Topic)> _published = services
        .Where(static service => service.HasVote)
        .SelectMany(static service => Of(service.Service.Manifest.Events?.Publishes), static (service, topic) => (service, topic))
        .ToLookup(static pair => pair.topic.Topic, StringComparer.Ordinal);

    public void Check()
    {
        foreach (var topic in _published)
        {
            Compare(topic.Key, [.. topic]);
        }

        foreach (var service in services.Where(static service => service.HasVote))
        {
            foreach (var heard in Of(service.Service.Manifest.Events?.Subscribes))
            {
                Compare(service, heard, [.. _published[heard.Topic]]);
            }
        }
    }

    private void Compare(string topic, ImmutableArray<(Participant Service, PublishedTopic Topic)> all)
    {
        var first = all.FirstOrDefault(static pair => pair.Topic.Schema is not null);
        foreach (var (service, published) in all)
        {
            if (first.Topic is not null && Differ(published.Schema, first.Topic.Schema))
            {
                log.Say(FederationCodes.TopicSchemasDiffer, service.Id, subject: $"{topic} is {published.Schema} here and {first.Topic.Schema} in {first.Service.Service.Name}");
            }

            if (published.Retained != all[0].Topic.Retained)
            {
                log.Say(FederationCodes.TopicRetentionDiffers, service.Id, subject: $"{topic} is {Kept(published.Retained)} here and {Kept(all[0].Topic.Retained)} by {all[0].Service.Service.Name}");
            }
        }
    }

    private void Compare(Participant service, SubscribedTopic heard, ImmutableArray<(Participant Service, PublishedTopic Topic)> all)
    {
        if (all.IsEmpty)
        {
            log.Say(FederationCodes.TopicUnpublished, service.Id, subject: heard.Topic);
            return;
        }

        if (all.FirstOrDefault(pair => Differ(heard.Schema, pair.Topic.Schema)) is { Topic: { } other } from)
        {
            log.Say(FederationCodes.TopicSchemasDiffer, service.Id, subject: $"{heard.Topic} is heard as {heard.Schema} here and published as {other.Schema} by {from.Service.Service.Name}");
        }

        if (heard.Retained && all.FirstOrDefault(static pair => !pair.Topic.Retained) is { Topic: not null } fleeting)
        {
            log.Say(FederationCodes.TopicRetentionDiffers, service.Id, subject: $"{heard.Topic} is looked up here and not kept by {fleeting.Service.Service.Name}");
        }
    }

    private static ImmutableArray<T> Of<T>(ImmutableArray<T>? topics) => topics is { IsDefault: false } some ? some : [];

    private static string Kept(bool isRetained) => isRetained ? "kept" : "not kept";

    // Blanks are a matter of taste; what one of the two does not say is no difference.
    private static bool Differ(string? left, string? right) =>
        left is not null && right is not null && !string.Equals(WithoutBlanks(left), WithoutBlanks(right), StringComparison.Ordinal);

    private static string WithoutBlanks(string text) => string.Concat(text.Where(static character => !char.IsWhiteSpace(character)));
}
