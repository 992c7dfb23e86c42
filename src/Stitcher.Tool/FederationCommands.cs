using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>The commands below <c>stitcher federation</c>.</summary>
internal static class FederationCommands
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Negotiate()
    {
        var file = new Argument<string>("FILE") { Description = "The portfolio: services and config, as JSON." };
        var command = new Command("negotiate", "Negotiates a portfolio and writes map, decisions and diagnostics as one JSON object.") { file };
        command.SetAction((parsed, token) => Told(async () =>
        {
            var portfolio = await Inputs.PortfolioAsync(parsed.GetRequiredValue(file), token);
            var output = new ArrayBufferWriter<byte>();
            NegotiationReport.Write(Negotiator.Negotiate(portfolio.Portfolio), portfolio, output);
            await WriteAsync(Encoding.UTF8.GetString(output.WrittenSpan));
            return ExitCodes.Done;
        }));
        return command;
    }

    public static Command Explain()
    {
        var package = new Argument<string>("PACKAGE") { Description = "The package's name, or a topic's." };
        var against = Against("The portfolio");
        var service = new Option<string?>("--service") { Description = "Only what concerns this service." };
        var json = AsJson();
        var command = new Command("explain", "Says who won a package, why, who runs on what, and what to do about it.") { package, against, service, json };
        command.SetAction((parsed, token) => Told(async () =>
        {
            var portfolio = await Inputs.PortfolioAsync(parsed.GetRequiredValue(against), token);
            var result = Negotiator.Negotiate(portfolio.Portfolio);
            var name = parsed.GetRequiredValue(package);
            if (TopicExplanation.Of(portfolio.Portfolio, result, name) is { } topic && Explanation.Of(portfolio.Portfolio, result, name, null) is null)
            {
                await WriteAsync(parsed.GetValue(json) ? JsonSerializer.Serialize(topic, Json) : topic.ToString());
                return ExitCodes.Done;
            }

            var explanation = Explanation.Of(portfolio.Portfolio, result, name, Known(parsed.GetValue(service), portfolio.Portfolio))
                ?? throw new InputException($"No service declares {name}. {Declared(result)}");
            await WriteAsync(parsed.GetValue(json) ? JsonSerializer.Serialize(explanation, Json) : explanation.ToString());
            return ExitCodes.Done;
        }));
        return command;
    }

    public static Command Types()
    {
        var against = Against("The portfolio");
        var command = new Command("types", "Writes the types of the gateway's browser modules and of every topic that a manifest describes, for TypeScript and editors.") { against };
        command.SetAction((parsed, token) => Told(async () =>
        {
            var portfolio = await Inputs.PortfolioAsync(parsed.GetRequiredValue(against), token);
            await WriteAsync(TopicTypes.Write(portfolio.Portfolio));
            return ExitCodes.Done;
        }));
        return command;
    }

    public static Command Lint()
    {
        var manifest = Manifest();
        var service = new Option<string?>("--service") { Description = "The service's name, for formats that do not say it." };
        var json = AsJson();
        var command = new Command("lint", "Says what a gateway would refuse of a manifest; exits with 1 if anything.") { manifest, service, json };
        command.SetAction((parsed, token) => Told(async () =>
        {
            var (_, problems) = await Inputs.ManifestAsync(parsed.GetRequiredValue(manifest), parsed.GetValue(service), token);
            await WriteAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(problems, Json)
                : problems.IsEmpty ? "Nothing would be refused." : string.Join('\n', problems.Select(static said => $"{said.Code} {said.Subject}: {said.Message}")));
            return problems.IsEmpty ? ExitCodes.Done : ExitCodes.Found;
        }));
        return command;
    }

    public static Command Check()
    {
        var manifest = Manifest();
        var against = Against("The portfolio it would join");
        var service = new Option<string?>("--service") { Description = "The service's name in the portfolio; default: the manifest's own." };
        var json = AsJson();
        var command = new Command("check", "Says what would get worse if a manifest were deployed; exits with 1 on a new error.") { manifest, against, service, json };
        command.SetAction((parsed, token) => Told(async () =>
        {
            var portfolio = await Inputs.PortfolioAsync(parsed.GetRequiredValue(against), token);
            var place = parsed.GetRequiredValue(manifest);
            var (read, problems) = await Inputs.ManifestAsync(place, parsed.GetValue(service), token);
            var found = DeploymentCheck.Of(
                portfolio.Portfolio, read ?? throw new InputException($"{place} is no manifest: {problems[0].Message}"), parsed.GetValue(service), problems);
            await WriteAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(found, Json)
                : found.IsEmpty ? "Nothing would get worse." : string.Join('\n', found.OrderByDescending(static said => said.Level).Select(static said => $"{said.Code} {said.Level.ToString().ToLowerInvariant()}: {said.Message}")));
            return found.Any(static said => said.Level == DiagnosticLevel.Error) ? ExitCodes.Found : ExitCodes.Done;
        }));
        return command;
    }

    private static Option<string> Against(string what) => new("--against", "--file")
    {
        Description = $"{what}: a file, or the address of a running gateway's management listener such as http://gateway:3001.",
        HelpName = "FILE|URL",
        Required = true,
    };

    private static string? Known(string? service, Portfolio portfolio) =>
        service is null || portfolio.Services.Any(known => known.Name == service || known.Id == service)
            ? service
            : throw new InputException($"There is no service {service}. There are: {string.Join(", ", portfolio.Services.Select(static known => known.Name).Distinct().Order(StringComparer.Ordinal))}.");

    private static string Declared(NegotiationResult result) =>
        Explanation.Packages(result).ToList() is { Count: > 0 } packages ? $"Declared are: {string.Join(", ", packages)}." : "No service declares any.";

    private static Argument<string> Manifest() => new("MANIFEST") { Description = "The manifest, a file or an http address." };

    private static Option<bool> AsJson() => new("--json") { Description = "Writes JSON." };

    private static async Task<int> Told(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (InputException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Unreadable;
        }
    }

    private static Task WriteAsync(string text) => Console.Out.WriteLineAsync(text);
}
