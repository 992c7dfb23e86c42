using System.Diagnostics;
using System.Text.Json;

namespace Stitcher.Containment.Tests.Judges;

/// <summary>Asks parse5, an HTML parser that shares nothing with Stitcher's, in one Node process that lives as long as the tests.</summary>
internal sealed class NodeJudge : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<(NodeJudge? Judge, string? Missing)> Only = new(Start);

    private readonly Lock _asking = new();
    private readonly Process _process;

    private NodeJudge(Process process) => _process = process;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "node");

    /// <summary>The judge; skips the test where Node is not to be had.</summary>
    public static NodeJudge Get() => Only.Value.Judge ?? Tools.Missing<NodeJudge>("node", Only.Value.Missing!);

    /// <returns>For each text how something of it got out, or null.</returns>
    public string?[] Escapes(Surroundings around, params IReadOnlyList<string> inserted) =>
        Ask(new { around.Before, around.After, inserted }).GetProperty("escapes").Deserialize<string?[]>(Json)!;

    /// <returns>How what the page shows differs from what the fragment's bytes mean inside an element, or null.</returns>
    public string? Difference(Surroundings around, string shown, string meant, string inside) =>
        Ask(new { around.Before, around.After, shown, meant, inside }).GetProperty("difference").GetString();

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement Ask<T>(T question)
    {
        string? line;
        lock (_asking)
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(question, Json));
            _process.StandardInput.Flush();
            line = _process.StandardOutput.ReadLine();
        }

        var answer = JsonDocument.Parse(line ?? throw new InvalidOperationException("The judge in Node ended; its error output says why.")).RootElement;
        return answer.TryGetProperty("error", out var error) ? throw new InvalidOperationException(error.GetString()) : answer;
    }

    private static (NodeJudge?, string?) Start()
    {
        if (!Tools.Has("node") || !Tools.Has("npm"))
        {
            return (null, "Node and npm are not on the path, so no second parser judges the pages.");
        }

        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "parse5")) && Tools.Run("npm", "ci --ignore-scripts --no-audit --no-fund", Folder) is { } problem)
        {
            return (null, "npm could not restore parse5, so no second parser judges the pages: " + problem);
        }

        var start = new ProcessStartInfo("node", "parse5-judge.mjs")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        var judge = new NodeJudge(Process.Start(start)!);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => judge.Dispose();
        return (judge, null);
    }
}
