namespace Stitcher.Fragments.Testing.Checks;

/// <summary>A place in a text, both counted from 1.</summary>
internal sealed record SourcePlace(int Line, int Column)
{
    public static SourcePlace At(string text, int index)
    {
        var before = text.AsSpan(0, Math.Clamp(index, 0, text.Length));
        return new SourcePlace(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    public override string ToString() => $"line {Line}, column {Column}";
}
