using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Stitcher.Explaining;

/// <summary>Writes HTML in which every value is encoded: what stands in a hole of the text can never be markup.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <param name="html">Markup; its holes are values, in text or in attributes with double quotes.</param>
    public HtmlWriter Write([InterpolatedStringHandlerArgument("")] ref Handler html)
    {
        _ = html;
        return this;
    }

    /// <summary>Writes one of the project's own style sheets between its tags.</summary>
    public HtmlWriter WriteStyle(string css)
    {
        _html.Append("<style>").Append(css).Append("</style>");
        return this;
    }

    /// <summary>Writes one of the project's own scripts between its tags.</summary>
    public HtmlWriter WriteScript(string code)
    {
        _html.Append("<script>").Append(code).Append("</script>");
        return this;
    }

    public override string ToString() => _html.ToString();

    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        private readonly StringBuilder _html;

        public Handler(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _html = writer._html;
            _html.EnsureCapacity(_html.Length + literalLength + (formattedCount * 16));
        }

        public void AppendLiteral(string markup) => _html.Append(markup);

        public void AppendFormatted(string? value) => _html.Append(HtmlEncoder.Default.Encode(value ?? ""));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
