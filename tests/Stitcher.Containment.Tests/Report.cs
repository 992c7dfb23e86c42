using System.Text.RegularExpressions;
using Xunit;

namespace Stitcher.Containment.Tests;

/// <summary>Counts what trials came to. Escapes fail a test; refusals are told by cause, for refusing everything would be no containment.</summary>
internal sealed partial class Report
{
    /// <summary>A folder into which every escape and refusal is written; none by default.</summary>
    private static readonly string? Folder = Environment.GetEnvironmentVariable("STITCHER_CONTAINMENT_REPORT");

    private readonly Lock _adding = new();
    private readonly List<string> _escapes = [];
    private readonly List<string> _refusals = [];
    private readonly SortedDictionary<string, int> _causes = new(StringComparer.Ordinal);
    private int _tried;
    private int _unchanged;
    private int _proven;
    private int _mended;

    public void Add(Trial trial, string? escape)
    {
        lock (_adding)
        {
            _tried++;
            _unchanged += trial.IsUnchanged ? 1 : 0;
            _proven += trial.Proven is null ? 0 : 1;
            _mended += trial.Mended is null ? 0 : 1;
            if (trial.Refusal is { } refusal)
            {
                var cause = Varying().Replace(refusal, "…");
                _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
                _refusals.Add($"{refusal}\t{trial.Place}\t{trial.Sent}");
            }

            if (escape is not null)
            {
                _escapes.Add($"{escape}\n  {trial}");
            }
        }
    }

    public void Finish(string name, ITestOutputHelper output)
    {
        var refused = _causes.Values.Sum();
        output.WriteLine($"{_tried} tried: {_unchanged} shown byte for byte ({_proven} proven by the scanner), {_tried - _unchanged - refused} repaired ({_mended} by end tags alone), {refused} refused, {_escapes.Count} escaped");
        foreach (var (cause, count) in _causes.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"{count,8}  {cause}");
        }

        if (Folder is not null)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, name + "-escapes.txt"), string.Join("\n\n", _escapes));
            File.WriteAllLines(Path.Combine(Folder, name + "-refusals.txt"), _refusals);
        }

        Assert.True(_escapes.Count == 0, $"{_escapes.Count} escaped:\n{string.Join("\n\n", _escapes.Take(20))}");
    }

    [GeneratedRegex("<.*?>|[0-9]+")]
    private static partial Regex Varying();
}
