using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Stitcher.Federation.ImportMaps;

namespace Stitcher.Federation.Negotiation;

/// <summary>Writes what a negotiation came to as JSON, for tools and for whoever wants to look.</summary>
public static class NegotiationReport
{
    /// <summary>Writes map, resolutions, decisions, diagnostics, preload and withheld as one UTF-8 JSON object.</summary>
    /// <param name="result">What a negotiation came to.</param>
    /// <param name="file">The file it was made of: what was refused there is said here, and what it declares is resolved.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(NegotiationResult result, PortfolioFile file, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WritePropertyName("map");
        json.WriteRawValue(result.Map.ToUtf8Bytes(), skipInputValidation: true);
        Resolutions(json, result.Map, file);
        json.WriteStartObject("decisions");
        foreach (var (key, decision) in result.Decisions)
        {
            json.WritePropertyName(key);
            Decision(json, decision);
        }

        json.WriteEndObject();
        Diagnostics(json, [.. result.Diagnostics.Concat(file.Refused).Distinct().Order(FederationDiagnostic.Order)]);
        Texts(json, "preload", result.Preload);
        Texts(json, "withheld", result.Withheld);
        json.WriteEndObject();
    }

    /// <summary>The decisions of one negotiation as the previous ones of the next.</summary>
    public static ImmutableSortedDictionary<string, PreviousWinner> ToPrevious(NegotiationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return OrdinalMap.Of(result.Decisions
            .Where(static pair => pair.Value.Winner is not null)
            .Select(static pair => KeyValuePair.Create(pair.Key, new PreviousWinner(pair.Value.Winner!.Versions))));
    }

    private static void Resolutions(Utf8JsonWriter json, ImportMap map, PortfolioFile file)
    {
        var resolver = new ImportMapResolver(map);
        json.WriteStartObject("resolutions");
        foreach (var service in file.Portfolio.Services)
        {
            if (file.Declared.GetValueOrDefault(service.Id) is not { IsDefaultOrEmpty: false } declared)
            {
                continue;
            }

            json.WriteStartObject(service.Id);
            foreach (var specifier in declared.Distinct())
            {
                // A folder cannot be imported; a file in it shows where it leads.
                var shown = specifier.EndsWith('/') ? specifier + "deep.js" : specifier;
                json.WriteString(shown, resolver.Resolve(shown, service.BaseUrl));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Decision(Utf8JsonWriter json, UnitDecision decision)
    {
        json.WriteStartObject();
        if (decision.Winner is { } winner)
        {
            json.WriteStartObject("winner");
            json.WriteString("provider", winner.Provider);
            json.WriteStartObject("versions");
            foreach (var (package, version) in winner.Versions)
            {
                json.WriteString(package, version);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("winner");
        }

        json.WriteString("reason", decision.Reason);
        json.WriteStartArray("candidates");
        foreach (var candidate in decision.Candidates)
        {
            Candidate(json, decision, candidate);
        }

        json.WriteEndArray();
        json.WriteStartObject("consumers");
        foreach (var consumer in decision.Consumers)
        {
            json.WriteString(consumer.Service, Outcome(consumer));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Candidate(Utf8JsonWriter json, UnitDecision decision, UnitCandidate candidate)
    {
        json.WriteStartObject();
        json.WriteString("provider", candidate.Provider);
        json.WriteString("versions", string.Join(',', decision.Packages.Select(package => candidate.Versions.GetValueOrDefault(package, "-"))));
        if (candidate.Cost is { } cost)
        {
            json.WriteStartArray("cost");
            json.WriteNumberValue(cost.Missing);
            json.WriteNumberValue(cost.Splits);
            json.WriteNumberValue(cost.Forced);
            json.WriteNumberValue(cost.Extra);
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("ineligible", candidate.Ineligible);
        }

        json.WriteEndObject();
    }

    private static string Outcome(UnitConsumer consumer) => consumer.Outcome switch
    {
        ConsumerOutcome.Shared => "shared",
        ConsumerOutcome.Forced => $"forced:{consumer.Provider}",
        ConsumerOutcome.Own => $"own:{consumer.Provider}",
        ConsumerOutcome.Borrowed => $"borrowed:{consumer.Provider}",
        ConsumerOutcome.Quarantined => "quarantined",
        _ => "missing",
    };

    private static void Diagnostics(Utf8JsonWriter json, ImmutableArray<FederationDiagnostic> diagnostics)
    {
        json.WriteStartArray("diagnostics");
        foreach (var said in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", said.Code);
            Text(json, "service", said.Service);
            Text(json, "pkg", said.Package);
            Text(json, "subject", said.Subject);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
