using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Stitcher.Parsing;

/// <summary>Walks a parsed tree, the inside of templates and shadow roots included, which the DOM keeps apart from an element's children.</summary>
internal static class DocumentTree
{
    public static IEnumerable<INode> ChildrenOf(INode node) => node switch
    {
        IHtmlTemplateElement template => template.Content.ChildNodes,

        // A template that declares a shadow root leaves the tree and becomes one.
        IElement { ShadowRoot: { } shadow } => node.ChildNodes.Prepend(shadow),
        _ => node.ChildNodes,
    };

    /// <summary>Every node below another, in document order.</summary>
    public static IEnumerable<INode> Descendants(INode node)
    {
        // By hand: an enumerator within an enumerator per level makes every step as long as the tree is deep.
        var left = new Stack<(INodeList Siblings, int Next)>();
        var (siblings, next) = (Inside(node), 0);
        if (node is IElement { ShadowRoot: { } own })
        {
            left.Push((siblings, 0));
            yield return own;
            siblings = own.ChildNodes;
        }

        while (true)
        {
            if (next < siblings.Length)
            {
                var child = siblings[next++];
                yield return child;
                left.Push((siblings, next));
                (siblings, next) = (Inside(child), 0);
                if (child is IElement { ShadowRoot: { } shadow })
                {
                    left.Push((siblings, 0));
                    yield return shadow;
                    siblings = shadow.ChildNodes;
                }
            }
            else if (left.TryPop(out var place))
            {
                (siblings, next) = place;
            }
            else
            {
                yield break;
            }
        }
    }

    private static INodeList Inside(INode node) => node is IHtmlTemplateElement template ? template.Content.ChildNodes : node.ChildNodes;

    public static IComment? FindComment(INode root, string data) =>
        Descendants(root).OfType<IComment>().FirstOrDefault(c => c.Data == data);

    /// <summary>The names of the elements around a node, outermost first, in lower case.</summary>
    public static IEnumerable<string> AncestorNames(INode node)
    {
        var names = new List<string>();
        for (var parent = ParentOf(node); parent is not null; parent = ParentOf(parent))
        {
            if (parent is IElement element)
            {
                names.Add(element.LocalName.ToLowerInvariant());
            }
        }

        names.Reverse();
        return names;
    }

    /// <summary>
    /// The names of the first elements before and after a template's own child that say what the template holds; empty where there are
    /// none. What a head may hold says nothing (HTML, 13.2.6.4.18).
    /// </summary>
    public static (string Before, string After) SiblingsInTemplate(INode node)
    {
        if (node.Parent is not IDocumentFragment content)
        {
            return ("", "");
        }

        var at = content.ChildNodes.Index(node);
        return (FirstOf(content.ChildNodes.Take(at)), FirstOf(content.ChildNodes.Skip(at)));

        static string FirstOf(IEnumerable<INode> nodes) => nodes.OfType<IElement>().FirstOrDefault(e => !IsMetadata(e))?.LocalName ?? "";
    }

    /// <summary>Writes down everything a browser would see of a tree, so that two trees are equal exactly if their shapes are.</summary>
    public static string ShapeOf(INode root)
    {
        var shape = new StringBuilder();
        Append(root, shape);
        return shape.ToString();
    }

    private static bool IsMetadata(IElement element) =>
        element.LocalName is "base" or "basefont" or "bgsound" or "link" or "meta" or "noframes" or "script" or "style" or "template" or "title";

    private static void Append(INode node, StringBuilder shape)
    {
        var isInText = false;
        foreach (var child in ChildrenOf(node))
        {
            // Two neighbouring texts are written as one, and read as one.
            if (child is IText text && isInText)
            {
                shape.Append(text.Data);
                continue;
            }

            isInText = child is IText;
            shape.Append('\n').Append((int)child.NodeType).Append(' ');
            switch (child)
            {
                case IElement element:
                    shape.Append(element.NamespaceUri).Append(' ').Append(element.LocalName);
                    foreach (var attribute in element.Attributes)
                    {
                        shape.Append('\t').Append(attribute.Name).Append('=').Append(attribute.Value);
                    }

                    break;
                case IShadowRoot:
                    shape.Append("shadow root");
                    break;
                case IText first:
                    shape.Append(first.Data);
                    continue;
                default:
                    shape.Append(child.NodeName).Append('=').Append(child.NodeValue);
                    break;
            }

            shape.Append('{');
            Append(child, shape);
            shape.Append('}');
        }
    }

    /// <summary>The template whose content a node is. The content itself does not know; the document does.</summary>
    public static IElement TemplateOf(INode content) =>
        Descendants(content.Owner!).OfType<IHtmlTemplateElement>().First(t => t.Content == content);

    private static INode? ParentOf(INode node) => node.Parent is IDocumentFragment content ? TemplateOf(content) : node.Parent;
}
