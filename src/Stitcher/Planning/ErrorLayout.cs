using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Stitcher.Parsing;

namespace Stitcher.Planning;

/// <summary>A site's own error page: a layout without slots, cut where something of the request stands.</summary>
internal sealed partial record ErrorLayout
{
    // Text and, in turn, the name of what stands behind it.
    private readonly ImmutableArray<byte[]> _texts;
    private readonly ImmutableArray<string> _names;

    private ErrorLayout(string html)
    {
        _texts = [.. Place().Split(html).Where(static (_, index) => index % 2 == 0).Select(Encoding.UTF8.GetBytes)];
        _names = [.. Place().Matches(html).Select(static place => place.Groups[1].Value)];
    }

    /// <summary>Scripts and styles in its text, for the Content-Security-Policy.</summary>
    public required ImmutableArray<InlineCode> Inline { get; init; }

    /// <summary>Other origins that it may load from.</summary>
    public required ImmutableArray<string> AssetOrigins { get; init; }

    /// <param name="layout">The compiled file.</param>
    /// <param name="assetOrigins">Other origins that pages may load from.</param>
    /// <param name="errors">Takes an error for each slot: what is shown when services fail must not need one.</param>
    public static ErrorLayout Of(Markup layout, IEnumerable<string> assetOrigins, ICollection<string> errors)
    {
        foreach (var slot in layout.Slots)
        {
            errors.Add($"{slot.File}, line {slot.Line}: a slot in an error page, which is shown when services fail; expected its content without <fragment>");
        }

        return new ErrorLayout(string.Concat(layout.Pieces.Select(static piece => Encoding.UTF8.GetString(piece.Bytes.Span)))) { Inline = layout.Inline, AssetOrigins = [.. assetOrigins] };
    }

    /// <param name="status">The page's status.</param>
    /// <param name="request">The request's identifier, to find it in the logs.</param>
    public byte[] Render(int status, string request)
    {
        var body = new ArrayBufferWriter<byte>(_texts.Sum(static text => text.Length) + (_names.Length * 40) + 1);
        for (var i = 0; i < _texts.Length; i++)
        {
            body.Write(_texts[i]);
            if (i < _names.Length)
            {
                body.Write(Encoding.UTF8.GetBytes(_names[i] == "status" ? status.ToString(CultureInfo.InvariantCulture) : HtmlEncoder.Default.Encode(request)));
            }
        }

        return body.WrittenSpan.ToArray();
    }

    [GeneratedRegex(@"\{(status|request\.id)\}")]
    private static partial Regex Place();
}
