using Kind = Stitcher.Parsing.FragmentMenderKind;

namespace Stitcher.Parsing;

/// <summary>Which elements end in which way.</summary>
internal static class FragmentMenderNames
{
    private static readonly FragmentScannerNames<Kind> Known = new([.. All()]);

    // What nests like a custom element ends like one.
    public static Kind KindOf(ReadOnlySpan<byte> name, FragmentScannerElement element) =>
        Known.TryGet(name, out var kind) ? kind : element == FragmentScannerElement.Custom ? Kind.Ordinary : Kind.Rigid;

    /// <summary>Whether it is a part of what flows, and so is ended with what is around it.</summary>
    public static bool IsFlow(Kind kind) => kind is >= Kind.Ordinary and <= Kind.Definition;

    private static IEnumerable<KeyValuePair<string, Kind>> All()
    {
        (string Names, Kind Kind)[] groups =
        [
            ("address article aside blockquote details div dl fieldset figcaption figure footer header main nav ol section summary ul", Kind.Block),
            ("p", Kind.Paragraph),
            ("h1 h2 h3 h4 h5 h6", Kind.Heading),
            ("li", Kind.ListItem),
            ("dd dt", Kind.Definition),
            ("td th", Kind.Cell),
            ("tr", Kind.Row),
            ("tbody tfoot thead", Kind.Section),
            ("table", Kind.Table),
        ];
        return groups.SelectMany(group => group.Names.Split(' ').Select(name => KeyValuePair.Create(name, group.Kind)));
    }
}
