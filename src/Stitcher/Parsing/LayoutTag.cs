namespace Stitcher.Parsing;

/// <summary>A tag of a layout's source, with the place of its first character and the one after its last.</summary>
internal sealed record LayoutTag(string Name, bool IsStart, bool IsSelfClosing, int Start, int End, IReadOnlyList<KeyValuePair<string, string>> Attributes)
{
    public string? Attribute(string name) => Attributes.FirstOrDefault(a => a.Key == name).Value;
}

/// <summary>A stretch of a layout that is not literal.</summary>
internal readonly record struct LayoutCut(int Start, int End, MarkupPieceKind Kind, int Index = -1);
