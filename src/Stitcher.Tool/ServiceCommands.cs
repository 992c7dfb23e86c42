using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;

namespace Stitcher.Tool;

/// <summary>The commands below <c>stitcher service</c>.</summary>
internal static partial class ServiceCommands
{
    private const string Settings = "appsettings.json";

    public static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "The service's name: lower-case letters, digits and hyphens." };
        var address = new Option<string>("--address") { Description = "Where it listens.", HelpName = "URL", Required = true };
        var gateway = new Option<string>("--gateway") { Description = $"The gateway's folder, with its {Settings} and layouts.", HelpName = "FOLDER", Required = true };
        var fragment = new Option<string?>("--fragment") { Description = "The fragment that a new page shows." };
        var page = new Option<string?>("--page") { Description = "The route of a new page for it, such as /tidings.", HelpName = "ROUTE" };
        var command = new Command("add", "Tells a gateway of a service, by its settings, and makes a page for one of its fragments. A running gateway takes it up.")
        {
            name, address, gateway, fragment, page,
        };
        command.SetAction((parsed, token) => AddAsync(
            parsed.GetRequiredValue(name), parsed.GetRequiredValue(address), parsed.GetRequiredValue(gateway), parsed.GetValue(fragment), parsed.GetValue(page), token));
        return command;
    }

    private static async Task<int> AddAsync(string name, string address, string gateway, string? fragment, string? page, CancellationToken token)
    {
        try
        {
            Check(name, address, fragment, page);
            var file = Path.Combine(gateway, Settings);
            if (!File.Exists(file))
            {
                throw new InputException($"{file} is not there; --gateway names the folder of a gateway.");
            }

            var settings = new SettingsText(await File.ReadAllTextAsync(file, token), file);
            settings.Add(["ReverseProxy", "Clusters"], name, $$"""{ "Destinations": { "one": { "Address": "{{address}}" } } }""");
            settings.Append(["Stitcher", "Services"], name, $$"""{ "Name": "{{name}}", "Cluster": "{{name}}", "Trust": "App", "Manifest": "/.well-known/stitcher.json" }""");
            var layout = Path.Combine(gateway, "layouts", $"{name}.html");
            if (page is not null)
            {
                settings.Append(["Stitcher", "Pages"], name, $$"""{ "Name": "{{name}}", "Route": "{{page}}", "Layout": "{{name}}.html" }""");
                if (!File.Exists(layout))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(layout)!);

                    // Before the settings that name it: a running gateway looks at both.
                    await File.WriteAllTextAsync(layout, Layout(gateway, name, fragment!), token);
                    await Console.Out.WriteLineAsync($"{layout} is the page's layout.");
                }
            }

            await File.WriteAllTextAsync(file, settings.ToString(), token);
            await Console.Out.WriteLineAsync($"{file} names the service {name}{(page is null ? "" : $" and the page {page}")}.");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is InputException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Unreadable;
        }
    }

    private static void Check(string name, string address, string? fragment, string? page)
    {
        if (!ServiceName().IsMatch(name))
        {
            throw new InputException($"'{name}' is no service's name; expected 1 to 64 lower-case letters, digits and hyphens, such as tidings.");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || address.AsSpan().ContainsAny("\"\\"))
        {
            throw new InputException($"'{address}' is no address of a service; expected one such as http://localhost:3010/.");
        }

        if (page is null ? fragment is not null : !PageRoute().IsMatch(page))
        {
            throw new InputException(page is null ? "--fragment names what a new page shows; say --page as well." : $"'{page}' is no route of a page; expected one such as /tidings.");
        }

        if (page is not null && (fragment is null || !FragmentName().IsMatch(fragment)))
        {
            throw new InputException("--page needs the name of a fragment to show, such as --fragment TidingsPanel.");
        }
    }

    /// <summary>In the look of the other pages where there is one.</summary>
    private static string Layout(string gateway, string name, string fragment)
    {
        var slot = $"<fragment src=\"{name}/{fragment}\"><p>This is not to be had just now.</p></fragment>";
        var page = new StringBuilder();
        if (File.Exists(Path.Combine(gateway, "layouts", "parts", "base.html")))
        {
            page.Append("<extend src=\"parts/base.html\"></extend>\n\n")
                .Append("<fill name=\"about\">\n  <title>").Append(name).Append("</title>\n</fill>\n\n")
                .Append("<fill name=\"main\">\n  <main id=\"main\" class=\"sheet\" tabindex=\"-1\">\n    ").Append(slot).Append("\n  </main>\n</fill>\n");
        }
        else
        {
            page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n  <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .Append("  <title>").Append(name).Append("</title>\n</head>\n<body>\n  <main>\n    ").Append(slot).Append("\n  </main>\n</body>\n</html>\n");
        }

        return page.ToString();
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$")]
    private static partial Regex ServiceName();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]*$")]
    private static partial Regex FragmentName();

    [GeneratedRegex("^/[A-Za-z0-9/_.{}:-]*$")]
    private static partial Regex PageRoute();
}
