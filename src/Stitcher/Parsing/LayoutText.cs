using System.Collections.Immutable;

namespace Stitcher.Parsing;

/// <summary>A layout's text, put together from stretches of files, so that each character knows the file and the line it was written in.</summary>
internal sealed class LayoutText
{
    private readonly ImmutableArray<Stretch> _stretches;
    private readonly int[] _starts;

    // Never without a stretch: even an empty text has a file.
    private LayoutText(ImmutableArray<Stretch> stretches)
    {
        _stretches = stretches;
        _starts = new int[stretches.Length];
        for (var i = 1; i < _starts.Length; i++)
        {
            _starts[i] = _starts[i - 1] + stretches[i - 1].Length;
        }

        Text = stretches is [{ IsWhole: true } only] ? only.Origin.Text : string.Concat(stretches.Select(s => s.Origin.Text[s.Start..s.End]));
    }

    private readonly record struct Stretch(LayoutOrigin Origin, int Start, int End)
    {
        public int Length => End - Start;

        public bool IsWhole => Length == Origin.Text.Length;
    }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>The whole of one file.</summary>
    public static LayoutText Of(LayoutOrigin origin) => new([new Stretch(origin, 0, origin.Text.Length)]);

    /// <summary>The file that a character was written in.</summary>
    public LayoutOrigin OriginAt(int index) => _stretches[StretchAt(index)].Origin;

    /// <summary>The line, from 1, that a character stands in, in its own file.</summary>
    public int LineAt(int index)
    {
        var at = StretchAt(index);
        var (origin, start, _) = _stretches[at];
        return origin.Text.AsSpan(0, start + index - _starts[at]).Count('\n') + 1;
    }

    public LayoutText Slice(int start, int end)
    {
        var slice = ImmutableArray.CreateBuilder<Stretch>();
        AddSlice(slice, start, end);
        return new LayoutText(slice.Count > 0 ? slice.ToImmutable() : [_stretches[StretchAt(start)] with { Start = 0, End = 0 }]);
    }

    /// <summary>The text with parts of it replaced.</summary>
    /// <param name="edits">What to replace by what, in order and not overlapping.</param>
    public LayoutText With(IEnumerable<(int Start, int End, LayoutText Text)> edits)
    {
        var result = ImmutableArray.CreateBuilder<Stretch>();
        var at = 0;
        foreach (var (start, end, text) in edits)
        {
            AddSlice(result, at, start);
            result.AddRange(text._stretches);
            at = end;
        }

        AddSlice(result, at, Text.Length);
        return result.Count > 0 ? new LayoutText(result.ToImmutable()) : Slice(0, 0);
    }

    private void AddSlice(ImmutableArray<Stretch>.Builder result, int start, int end)
    {
        for (var i = 0; i < _starts.Length; i++)
        {
            var (origin, from, to) = _stretches[i];
            var first = Math.Max(start - _starts[i], 0) + from;
            var last = Math.Min(end - _starts[i] + from, to);
            if (first < last)
            {
                result.Add(new Stretch(origin, first, last));
            }
        }
    }

    // The last that starts here or before: what is empty holds no character.
    private int StretchAt(int index)
    {
        var at = Array.BinarySearch(_starts, index);
        if (at < 0)
        {
            return ~at - 1;
        }

        while (at + 1 < _starts.Length && _starts[at + 1] == index)
        {
            at++;
        }

        return at;
    }
}
