using System.Net;
using Xunit;

namespace Stitcher.Fragments.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_readmes_service_runs_as_it_is_written()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("readme-");
        try
        {
            await using var app = ReadmeExample.Build(["--urls", "http://127.0.0.1:0", "--contentRoot", folder.FullName, "--environment", "Development", "--Logging:LogLevel:Default", "None"]);
            await app.StartAsync(token);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            using var greeting = await http.GetAsync("/fragments/greeting?name=%3Cb%3E", token);
            using var tooLong = await http.GetAsync($"/fragments/greeting?name={new string('x', 41)}", token);

            Assert.Equal("<p class=\"greeting\">Hello, &lt;b&gt;!</p>", await greeting.Content.ReadAsStringAsync(token));
            Assert.Equal("<../assets/greeting.css>; rel=stylesheet", greeting.Headers.GetValues("Link").Single());
            Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
            Assert.Contains("./Greeting", await http.GetStringAsync("/.well-known/stitcher.json", token), StringComparison.Ordinal);
            Assert.Contains("Says hello.", await http.GetStringAsync("/", token), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_readme_shows_the_service_that_is_tested()
    {
        var root = Root();
        var shown = Lines(File.ReadAllText(Path.Combine(root, "src/Stitcher.Fragments/README.md")).Split("```csharp\n")[1].Split("```")[0])
            .Where(static line => line != "app.Run();");
        var tested = Lines(File.ReadAllText(Path.Combine(root, "tests/Stitcher.Fragments.Tests/ReadmeExample.cs")));

        Assert.Contains(string.Join('\n', shown), string.Join('\n', tested), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Stitcher.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the project's folder.");
    }
}
