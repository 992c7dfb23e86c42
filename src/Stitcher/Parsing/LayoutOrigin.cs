namespace Stitcher.Parsing;

/// <summary>A file that a page's layout is made of, with the one that asked for it. A file that is asked for twice has two origins.</summary>
/// <param name="File">Its path below the layout root.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="AskedBy">The file that includes or extends it; null for the page's own layout.</param>
internal sealed record LayoutOrigin(string File, string Text, LayoutOrigin? AskedBy = null)
{
    /// <summary>How many files asked for one another until this one was asked for.</summary>
    public int Depth => AskedBy is null ? 0 : AskedBy.Depth + 1;

    /// <summary>The files from the page's own layout to this one: <c>page.html > base.html</c>.</summary>
    public string Chain => AskedBy is null ? File : $"{AskedBy.Chain} > {File}";

    /// <summary>Whether this file, or one that asked for it, has this name.</summary>
    public bool Comes(string file) => File == file || AskedBy?.Comes(file) == true;
}
