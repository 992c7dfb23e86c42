using System.Diagnostics;
using System.Text.Json;

namespace Stitcher.Containment.Tests.Judges;

/// <summary>Asks a real browser: one page load answers all questions and leaves its answers in the page.</summary>
internal static class BrowserJudge
{
    private const string Begin = "<pre id=\"answers\">";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    // No sound, no service in the background, no name on the network: what fragments point at is not there.
    private const string Arguments =
        "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync "
        + "--host-resolver-rules=\"MAP * ~NOTFOUND\" --virtual-time-budget=600000 --timeout=120000 --dump-dom";

    /// <summary>What a browser said.</summary>
    /// <param name="Browser">Which browser.</param>
    /// <param name="Parsed">For each page read without running scripts how something got out, or null.</param>
    /// <param name="Live">The same for each page opened with scripts, where a handler that ran counts, too.</param>
    /// <param name="Error">Why there is no answer.</param>
    internal sealed record Answers(string Browser, string?[] Parsed, string?[] Live, string? Error);

    /// <param name="parsed">Pages to be read.</param>
    /// <param name="live">Pages to be opened.</param>
    public static Answers Ask(IReadOnlyList<(Surroundings Page, string Inserted)> parsed, IReadOnlyList<(Surroundings Page, string Inserted)> live)
    {
        var browser = Names.Select(Tools.PathOf).FirstOrDefault(path => path is not null)
            ?? Tools.Missing<string>("browser", "No Chromium is on the path, so no browser judges the pages.");
        var pages = parsed.Concat(live).Select(q => q.Page).Distinct().ToList();
        var numbers = pages.Select((page, number) => (page, number)).ToDictionary(p => p.page, p => p.number);
        var questions = JsonSerializer.Serialize(
            new
            {
                pages = pages.Select(page => new[] { page.Before, page.After }),
                parsed = parsed.Select(q => new object[] { numbers[q.Page], q.Inserted }),
                live = live.Select(q => new object[] { numbers[q.Page], q.Inserted }),
            },
            JsonSerializerOptions.Default);
        var folder = Directory.CreateTempSubdirectory("stitcher-browser-");
        try
        {
            var page = Path.Combine(folder.FullName, "judge.html");
            File.WriteAllText(page, $"""
                <!DOCTYPE html><meta charset="utf-8"><title>Judge</title>
                <script type="application/json" id="questions">{questions}</script>
                <body><script>
                {Script("containment.mjs").Replace("export ", "", StringComparison.Ordinal)}
                {Script("browser-judge.js")}
                </script>
                """);
            return Run(browser, $"{Arguments} --user-data-dir=\"{Path.Combine(folder.FullName, "profile")}\" \"{new Uri(page)}\"");
        }
        finally
        {
            Discard(folder);
        }
    }

    // Helpers of a browser that has ended may write for a moment more; what they leave is the system's to clear away.
    private static void Discard(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string Script(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "node", name));

    private static Answers Run(string browser, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var page = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        if (begin < Begin.Length)
        {
            throw new InvalidOperationException($"The browser left no answer: {page[..Math.Min(300, page.Length)]} {complaints.Result}");
        }

        var answers = JsonSerializer.Deserialize<Answers>(page[begin..page.IndexOf("</pre>", begin, StringComparison.Ordinal)], JsonSerializerOptions.Web)!;
        return answers.Error is { } error ? throw new InvalidOperationException(error) : answers;
    }
}
