using System.Collections.Concurrent;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Stitcher.Containment.Tests.Judges;

/// <summary>
/// The cheap judge: the same question as the others ask, answered by the parser that Stitcher itself uses.
/// What it finds is a fault in Stitcher; what only the others find is a difference between parsers.
/// </summary>
internal sealed class ParserJudge
{
    private const string Mark = "the-place-of-the-slot";

    private readonly ConcurrentDictionary<(Surroundings, bool), (Node Empty, List<int> Path, int Position)> _pages = new();

    /// <returns>How something of what was inserted got out, or null.</returns>
    public string? Escape(Surroundings around, string inserted) =>
        Escape(around, inserted, scripting: false)
        ?? ((around.Before + inserted + around.After).Contains("noscript", StringComparison.OrdinalIgnoreCase) ? Escape(around, inserted, scripting: true) : null);

    private string? Escape(Surroundings around, string inserted, bool scripting)
    {
        var (outside, path, position) = _pages.GetOrAdd((around, scripting), static key =>
        {
            var marked = Read(key.Item1.Before + "<!--" + Mark + "-->" + key.Item1.After, key.Item2);
            var path = new List<int>();
            var position = Find(marked, path) ?? throw new InvalidOperationException("The slot is not at a place where a comment can be.");
            return (Read(key.Item1.Before + key.Item1.After, key.Item2), path, position);
        });
        var page = Read(around.Before + inserted + around.After, scripting);
        foreach (var step in path)
        {
            if (outside.Children.Count != page.Children.Count)
            {
                return $"{outside.Key} has {page.Children.Count} children instead of {outside.Children.Count}";
            }

            for (var i = 0; i < outside.Children.Count; i++)
            {
                if (i == step ? outside.Children[i].Key != page.Children[i].Key : !outside.Children[i].IsSameAs(page.Children[i]))
                {
                    return $"{page.Children[i].Key} in {page.Key} instead of {outside.Children[i].Key}";
                }
            }

            (outside, page) = (outside.Children[step], page.Children[step]);
        }

        var expected = Items(outside.Children);
        var found = Items(page.Children);
        var extra = found.Count - expected.Count;
        for (var i = 0; i < expected.Count; i++)
        {
            if (extra < 0 || !expected[i].IsSameAs(found[i < position ? i : i + extra]))
            {
                return $"{(extra < 0 ? "less" : found[i < position ? i : i + extra].Key)} beside the slot in {page.Key} instead of {expected[i].Key}";
            }
        }

        return null;
    }

    private static Node Read(string html, bool scripting)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = scripting, DisableElementPositionTracking = true }).ParseDocument(html);
        return new Node("", Children(document));
    }

    private static List<Node> Children(INode parent)
    {
        var result = new List<Node>();
        foreach (var child in parent is IHtmlTemplateElement template ? template.Content.ChildNodes : parent.ChildNodes)
        {
            var node = child switch
            {
                IText text => new Node("\"" + text.Data, []),
                IElement element => new Node(
                    $"{element.NamespaceUri} {element.LocalName} {string.Join(' ', element.Attributes.Select(a => a.Name + "=" + a.Value).Order(StringComparer.Ordinal))}",
                    Children(element)),
                _ => new Node("!" + child.NodeName + child.NodeValue, []),
            };
            if (node.IsText && result is [.., { IsText: true } last])
            {
                result[^1] = new Node(last.Key + node.Key[1..], []);
            }
            else
            {
                result.Add(node);
            }
        }

        return result;
    }

    private static int? Find(Node node, List<int> path)
    {
        for (var i = 0; i < node.Children.Count; i++)
        {
            var at = node.Children[i].Key == "!#comment" + Mark ? 0
                : node.Children[i].IsText ? node.Children[i].Key.IndexOf("<!--" + Mark, StringComparison.Ordinal) - 1
                : -1;
            if (at >= 0)
            {
                return Items(node.Children.Take(i)).Count + at;
            }

            path.Add(i);
            if (Find(node.Children[i], path) is { } position)
            {
                return position;
            }

            path.RemoveAt(path.Count - 1);
        }

        return null;
    }

    private static List<Node> Items(IEnumerable<Node> children) =>
        [.. children.SelectMany(child => child.IsText ? child.Key.Skip(1).Select(c => new Node("\"" + c, [])) : [child])];

    private sealed record Node(string Key, List<Node> Children)
    {
        public bool IsText => Key.StartsWith('"');

        public bool IsSameAs(Node other) =>
            Key == other.Key && Children.Count == other.Children.Count && Children.Zip(other.Children).All(pair => pair.First.IsSameAs(pair.Second));
    }
}
