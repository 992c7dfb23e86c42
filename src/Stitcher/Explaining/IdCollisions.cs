using System.Text;
using AngleSharp.Html.Parser;
using Stitcher.Fetching;
using Stitcher.Parsing;

namespace Stitcher.Explaining;

/// <summary>
/// Finds <c>id</c>s that stand twice on a page: labels, anchors and scripts would find the first and nobody the second. Parses every
/// piece, which a page that is served never does.
/// </summary>
internal sealed class IdCollisions
{
    private readonly Dictionary<string, List<string>> _owners = new(StringComparer.Ordinal);

    private IdCollisions()
    {
    }

    public static IEnumerable<Warning> In(PageTrial trial, string layout)
    {
        var found = new IdCollisions();
        found.TakeLayout(trial, layout);
        foreach (var slot in trial.Plan.Slots.Where(s => !s.Context.InHead))
        {
            found.Take(trial.Fetch.ResultOf(slot.Index)!, $"slot {SlotExplainer.NumberOf(slot)}", slot.Address, slot.Content, trial);
        }

        return found._owners
            .Where(pair => pair.Value.Count > 1)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new Warning("id-collision", $"id=\"{pair.Key}\" stands {pair.Value.Count} times on the page: in {string.Join(" and in ", Times(pair.Value))}. Only the first can be found; let fragments prefix their ids."));
    }

    private static IEnumerable<string> Times(List<string> owners) =>
        owners.GroupBy(o => o).Select(g => g.Count() == 1 ? g.Key : $"{g.Key} ({g.Count()} times)");

    private void TakeLayout(PageTrial trial, string layout)
    {
        var html = string.Concat(trial.Plan.Layout.Pieces.Select(piece => Encoding.UTF8.GetString(piece.Bytes.Span)));
        foreach (var element in new HtmlParser().ParseDocument(html).All)
        {
            Add(element.Id, layout);
        }
    }

    private void Take(FragmentResult result, string number, string address, ReadOnlyMemory<byte> content, PageTrial trial)
    {
        if (result.Markup is not { } markup)
        {
            TakeMarkup(Encoding.UTF8.GetString(content.Span), $"the content of {number}, {address}");
            return;
        }

        TakeMarkup(string.Concat(markup.Pieces.Select(piece => Encoding.UTF8.GetString(piece.Bytes.Span))), $"{number}, {address}");
        for (var i = 0; i < result.Nested.Length; i++)
        {
            var plan = trial.Plan.Nested.For(markup)[i].Plan;
            Take(result.Nested[i].Result, $"{number}.{i + 1}", plan?.Address ?? markup.Slots[i].Source, result.Nested[i].Content, trial);
        }
    }

    // In a template any element can stand that can stand anywhere: rows without a table, options without a select.
    private void TakeMarkup(string html, string owner)
    {
        var template = new HtmlParser().ParseDocument("").CreateElement("template");
        foreach (var element in new HtmlParser().ParseFragment(html, template).SelectMany(DocumentElements))
        {
            Add(element.Id, owner);
        }
    }

    private static IEnumerable<AngleSharp.Dom.IElement> DocumentElements(AngleSharp.Dom.INode node) =>
        node is AngleSharp.Dom.IElement element ? element.QuerySelectorAll("[id]").Prepend(element) : [];

    private void Add(string? id, string owner)
    {
        if (!string.IsNullOrEmpty(id))
        {
            if (!_owners.TryGetValue(id, out var owners))
            {
                _owners.Add(id, owners = []);
            }

            owners.Add(owner);
        }
    }
}
