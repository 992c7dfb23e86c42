namespace Stitcher.Parsing;

/// <summary>
/// An element of Stitcher's own in a layout's text: its start tag, and where it and its content end. It is understood without a tree;
/// one that is written <c>&lt;x …/&gt;</c>, or that has no end tag before the next of its name, has no content.
/// </summary>
internal sealed record LayoutElement(LayoutTag Tag, int End, int ContentEnd)
{
    public int Start => Tag.Start;

    public int ContentStart => Tag.End;

    /// <summary>It has an end tag.</summary>
    public bool IsClosed => End > ContentStart || Tag.IsSelfClosing;

    public static List<LayoutElement> Find(IReadOnlyList<LayoutTag> tags, string name, LayoutSource source)
    {
        var found = new List<LayoutElement>();
        var marks = tags.Where(t => t.Name == name).ToList();
        for (var i = 0; i < marks.Count; i++)
        {
            var tag = marks[i];
            if (!tag.IsStart)
            {
                source.Error(tag.Start, $"</{name}> without its <{name}>");
            }
            else if (tag.IsSelfClosing || i + 1 == marks.Count || marks[i + 1].IsStart)
            {
                found.Add(new LayoutElement(tag, tag.End, tag.End));
            }
            else
            {
                found.Add(new LayoutElement(tag, marks[i + 1].End, marks[++i].Start));
            }
        }

        return found;
    }

    /// <summary>Its one attribute; an empty text, and an error, when that is missing.</summary>
    public string Attribute(string name, string example, LayoutSource source)
    {
        foreach (var (other, _) in Tag.Attributes.Where(a => a.Key != name))
        {
            source.Error(Start, $"<{Tag.Name}> has no attribute '{other}'; expected {name}");
        }

        var value = Tag.Attribute(name)?.Trim() ?? "";
        if (value.Length == 0)
        {
            source.Error(Start, $"<{Tag.Name}> needs {name}=\"{example}\"");
        }

        return value;
    }
}
