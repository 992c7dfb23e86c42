using System.Text;
using Stitcher.Parsing;

namespace Stitcher.Containment.Tests;

/// <summary>A layout with a slot, compiled as the gateway does it.</summary>
internal sealed class Place
{
    private readonly Markup _layout;
    private readonly int _slot;

    /// <param name="name">What tells it from the others.</param>
    /// <param name="layout">The whole layout. The last slot is the one to be filled; others stay empty.</param>
    /// <param name="inside">The element that the slot's content is a child of.</param>
    public Place(string name, string layout, string inside)
    {
        Name = name;
        Inside = inside;
        var errors = new List<string>();
        _layout = LayoutParser.Parse(Encoding.UTF8.GetBytes(layout), name + ".html", errors)
            ?? throw new InvalidOperationException(string.Join('\n', errors));
        _slot = _layout.Slots.Length - 1;
        Empty = Around([]);
    }

    public string Name { get; }

    public string Inside { get; }

    public SlotContext Context => _layout.Slots[_slot].Context;

    /// <summary>The page with nothing in its slot.</summary>
    public Surroundings Empty { get; }

    /// <summary>The page around a fragment, joined in the order in which the page writer joins it.</summary>
    /// <param name="head">What the fragment brings for the page's head.</param>
    public Surroundings Around(IReadOnlyList<HeadPart> head)
    {
        var before = new StringBuilder();
        var after = new StringBuilder();
        var side = before;
        foreach (var piece in _layout.Pieces)
        {
            if (piece.Kind == MarkupPieceKind.Slot && piece.Index == _slot)
            {
                side = after;
            }
            else if (piece.Kind == MarkupPieceKind.HeadEnd)
            {
                side.Append(Text(head));
            }
            else
            {
                side.Append(Encoding.UTF8.GetString(piece.Bytes.Span));
            }
        }

        return new Surroundings(before.ToString(), after.ToString());
    }

    /// <summary>The page around what a fragment brings for the head.</summary>
    public Surroundings AroundHead { get => field ??= FindHead(); private set; }

    public static string Text(IReadOnlyList<HeadPart> head) => string.Concat(head.Select(part => Encoding.UTF8.GetString(part.Html.Span)));

    public override string ToString() => Name;

    private Surroundings FindHead()
    {
        var whole = Around([]);
        var at = _layout.Pieces.TakeWhile(p => p.Kind != MarkupPieceKind.HeadEnd).Sum(p => Encoding.UTF8.GetString(p.Bytes.Span).Length);
        var page = whole.Before + whole.After;
        return new Surroundings(page[..at], page[at..]);
    }
}

/// <summary>A page's text before and after a place in it.</summary>
internal sealed record Surroundings(string Before, string After);
