namespace Stitcher.Parsing;

/// <summary>What is put into a fragment's bytes and what is taken out, in the order of its places.</summary>
internal sealed class FragmentMenderEdits
{
    private const int NoName = -1;

    private readonly record struct Edit(int At, int Length, int NameStart);

    private readonly List<Edit> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <param name="at">Where the end tag goes.</param>
    /// <param name="nameStart">Where the element's name stands in the bytes.</param>
    /// <param name="nameLength">How long it is.</param>
    public void PutEndTag(int at, int nameStart, int nameLength) => _edits.Add(new Edit(at, nameLength, nameStart));

    public void TakeOut(int at, int length) => _edits.Add(new Edit(at, length, NoName));

    /// <returns>The bytes with all edits made.</returns>
    public byte[] Apply(ReadOnlySpan<byte> html)
    {
        var length = html.Length;
        foreach (var edit in _edits)
        {
            length += edit.NameStart == NoName ? -edit.Length : edit.Length + "</>".Length;
        }

        var mended = new byte[length];
        var to = mended.AsSpan();
        var at = 0;
        foreach (var edit in _edits)
        {
            to = Append(to, html[at..edit.At]);
            at = edit.At;
            if (edit.NameStart == NoName)
            {
                at += edit.Length;
                continue;
            }

            to = Append(to, "</"u8);
            to = Append(to, html.Slice(edit.NameStart, edit.Length));
            to = Append(to, ">"u8);
        }

        Append(to, html[at..]);
        return mended;
    }

    private static Span<byte> Append(Span<byte> to, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to);
        return to[bytes.Length..];
    }
}
