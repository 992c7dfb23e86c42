using Stitcher.Configuration;

namespace Stitcher.Parsing;

/// <summary>Reads another file of the layouts.</summary>
/// <param name="file">Its path below the layout root.</param>
/// <param name="problem">Why it cannot be read, when it cannot.</param>
/// <returns>Its text, or null.</returns>
internal delegate string? LayoutReader(string file, out string? problem);

/// <summary>
/// Makes one text of a layout, the base it extends and the files it includes, before anything else looks at it. Nothing of this is left
/// for a request. A file's own includes are expanded first; then whoever extends it fills its places; what is not filled keeps its content.
/// </summary>
internal sealed class LayoutExpansion(LayoutReader read, ICollection<string> errors)
{
    // Deeper is a mistake rather than a design; and files that include each other many times over grow without end.
    private const int MostDepth = 8;
    private const int MostFiles = 256;

    private int _files;

    public LayoutText Expand(LayoutOrigin layout)
    {
        var text = Compose(layout);
        var source = new LayoutSource(text, errors);
        var tags = TagReader.Read(text.Text);
        var misplaced = tags.Where(t => t.Name is "extend" or "fill").ToList();
        foreach (var tag in misplaced.Where(t => t.IsStart))
        {
            source.Error(tag.Start, tag.Name == "extend"
                ? "<extend> here; expected it once, as the first tag of a layout, and not in an included file"
                : "<fill> in a layout that extends no other; expected <extend src=\"base.html\"> as the first tag of its file");
        }

        foreach (var title in tags.Zip(tags.Skip(1)).Where(t => t.First is { Name: "title", IsStart: true }))
        {
            RefuseInTitle(text.Text, title.First.End, title.Second.Start, source);
        }

        return text.With(PlacesOf(tags, source).Values.SelectMany(p => new[]
        {
            (p.Start, p.ContentStart, text.Slice(p.Start, p.Start)),
            (p.ContentEnd, p.End, text.Slice(p.End, p.End)),
        }));
    }

    private LayoutText Compose(LayoutOrigin file)
    {
        var text = LayoutText.Of(file);
        var tags = TagReader.Read(text.Text);
        return WithIncludes(tags is [{ Name: "extend", IsStart: true }, ..] ? Extend(text, tags) : text);
    }

    // Round by round, and read anew in each: what a tag is depends on what stands before it.
    private LayoutText WithIncludes(LayoutText text)
    {
        while (true)
        {
            var source = new LayoutSource(text, errors);
            var includes = LayoutElement.Find(TagReader.Read(text.Text), "include", source);
            if (includes.Count == 0)
            {
                return text;
            }

            text = text.With(includes.Select(i => (i.Start, i.End, Load(i, source) is { } file ? LayoutText.Of(file) : text.Slice(i.Start, i.Start))).ToList());
        }
    }

    private LayoutText Extend(LayoutText text, List<LayoutTag> tags)
    {
        var source = new LayoutSource(text, errors);
        var extends = LayoutElement.Find(tags, "extend", source);
        var written = LayoutElement.Find(tags, "fill", source);
        foreach (var fill in written.Where(f => !f.IsClosed))
        {
            source.Error(fill.Start, "<fill> has no end; expected </fill> before the next <fill> and the end of the file");
        }

        var fills = Named(written, source);
        foreach (var second in extends.Skip(1))
        {
            source.Error(second.Start, "a second <extend>; expected one base");
        }

        LayoutOutside.Check(text.Text, tags, [.. extends, .. written], source);
        if (Load(extends[0], source) is not { } origin)
        {
            // Without its places, so that what is in the fills is judged all the same.
            return text.Slice(0, 0).With(fills.Values.Select(f => (0, 0, text.Slice(f.ContentStart, f.ContentEnd))));
        }

        var inner = Compose(origin);
        var places = PlacesOf(TagReader.Read(inner.Text), new LayoutSource(inner, errors));
        foreach (var (name, fill) in fills.Where(f => !places.ContainsKey(f.Key)))
        {
            source.Error(fill.Start, $"'{origin.File}' has no place '{name}'; expected {NearestName.OneOf(name, places.Keys)}");
        }

        return inner.With(places.Where(p => fills.ContainsKey(p.Key)).Select(p => (p.Value.Start, p.Value.End, text.Slice(fills[p.Key].ContentStart, fills[p.Key].ContentEnd))));
    }

    private static OrderedDictionary<string, LayoutElement> PlacesOf(List<LayoutTag> tags, LayoutSource source) =>
        Named(LayoutElement.Find(tags, "place", source), source);

    private static OrderedDictionary<string, LayoutElement> Named(List<LayoutElement> elements, LayoutSource source)
    {
        var named = new OrderedDictionary<string, LayoutElement>(StringComparer.Ordinal);
        foreach (var found in elements)
        {
            var name = found.Attribute("name", "main", source);
            if (name.Length > 0 && !named.TryAdd(name, found))
            {
                source.Error(found.Start, $"a second <{found.Tag.Name} name=\"{name}\">, the first is in {source.PlaceOf(named[name].Start)}; expected each name once");
            }
        }

        return named;
    }

    private LayoutOrigin? Load(LayoutElement element, LayoutSource source)
    {
        if (element.ContentEnd > element.ContentStart && !LayoutOutside.IsBlank(source.Text.AsSpan(element.ContentStart, element.ContentEnd - element.ContentStart)))
        {
            source.Error(element.Start, $"<{element.Tag.Name}> has content; expected none between it and </{element.Tag.Name}>");
        }

        var file = element.Attribute("src", "parts/masthead.html", source);
        if (file.Length == 0)
        {
            return null;
        }

        var asking = source.Layout.OriginAt(element.Start);
        var problem = !PageRules.IsInsideLayoutRoot(file) ? "is not a plain path inside LayoutRoot; expected one such as 'parts/masthead.html'"
            : asking.Comes(file) ? $"comes round to itself: {asking.Chain} > {file}; expected files that do not need themselves"
            : asking.Depth == MostDepth ? $"is too deep: {asking.Chain} > {file}; expected at most {MostDepth} files behind a layout's own"
            : _files == MostFiles ? $"is one too many; expected at most {MostFiles} files in a page's layout, each counted as often as it is used"
            : null;
        string? text = null;
        if (problem is null)
        {
            text = read(file, out problem);
            _files++;
        }

        if (text is null)
        {
            source.Error(element.Start, $"<{element.Tag.Name} src=\"{file}\"> {problem}");
            return null;
        }

        return new LayoutOrigin(file, text, asking);
    }

    // To a browser a title holds text only, so that no tag in it is one; written there, ours would be shown to people.
    private static void RefuseInTitle(string text, int start, int end, LayoutSource source)
    {
        foreach (var element in new[] { "<place", "<include", "<fragment" })
        {
            if (text.IndexOf(element, start, end - start, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                source.Error(at, $"{element}> inside <title>, which holds text only; expected it around the whole <title>");
            }
        }
    }
}
