namespace Stitcher.Parsing;

/// <summary>A layout's text with its name, so that an error can say where it is.</summary>
internal sealed class LayoutSource(string text, string file, ICollection<string> errors)
{
    public string Text => text;

    public int LineAt(int index) => text.AsSpan(0, index).Count('\n') + 1;

    public void Error(int index, string problem) => errors.Add($"{file}, line {LineAt(index)}: {problem}");
}
