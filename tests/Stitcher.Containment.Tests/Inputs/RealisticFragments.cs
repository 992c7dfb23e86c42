using System.Text.RegularExpressions;

namespace Stitcher.Containment.Tests.Inputs;

/// <summary>A fragment as a service might send it.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Place">Where.</param>
/// <param name="IsWhole">Every element has its own end tag, so that its bytes have to come through unchanged.</param>
/// <param name="Html">What is sent.</param>
internal sealed record RealisticFragment(string Name, string Place, bool IsWhole, string Html)
{
    public override string ToString() => $"{Name} in {Place}";
}

/// <summary>
/// Reads them from the folder <c>Fragments</c>. There a line <c>=== name | place</c> begins each; <c>| open</c> behind it says that
/// the fragment leaves out end tags, as HTML allows, or uses a short form that has to be written out.
/// Each is also tried in other dresses that mean the same.
/// </summary>
internal static partial class RealisticFragments
{
    public static IReadOnlyList<RealisticFragment> All { get; } = [.. Read().SelectMany(Dresses)];

    private static IEnumerable<RealisticFragment> Read()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fragments"), "*.html").Order(StringComparer.Ordinal))
        {
            foreach (var part in File.ReadAllText(file).Split("=== ", StringSplitOptions.RemoveEmptyEntries))
            {
                var line = part.IndexOf('\n', StringComparison.Ordinal);
                var head = part[..line].Split('|', StringSplitOptions.TrimEntries);
                foreach (var place in head[1].Split(' '))
                {
                    yield return new RealisticFragment($"{Path.GetFileNameWithoutExtension(file)}: {head[0]}", place, head is not [_, _, "open"], part[(line + 1)..].TrimEnd('\n'));
                }
            }
        }
    }

    private static IEnumerable<RealisticFragment> Dresses(RealisticFragment fragment)
    {
        yield return fragment;
        if (fragment.Html.Contains('\n', StringComparison.Ordinal))
        {
            yield return fragment with { Name = fragment.Name + ", other line ends", Html = fragment.Html.Replace("\n", "\r\n", StringComparison.Ordinal) };
        }

        yield return fragment with { Name = fragment.Name + ", in capitals", Html = Tag().Replace(fragment.Html, match => match.Value.ToUpperInvariant()) };
        if (!fragment.Html.Contains('\'', StringComparison.Ordinal) && Quoted().IsMatch(fragment.Html))
        {
            yield return fragment with { Name = fragment.Name + ", other quotes", Html = fragment.Html.Replace('"', '\'') };
        }
    }

    [GeneratedRegex("(?<=</?)[a-zA-Z][a-zA-Z0-9]*(?=[\\s/>])")]
    private static partial Regex Tag();

    [GeneratedRegex("=\"")]
    private static partial Regex Quoted();
}
