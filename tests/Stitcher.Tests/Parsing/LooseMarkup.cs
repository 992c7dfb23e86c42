using System.Text;

namespace Stitcher.Tests.Parsing;

/// <summary>
/// Writes fragments out of a row of decisions as loose authors do: elements that never end, end tags at the wrong place, too late or of something
/// that is not open.
/// </summary>
internal static class LooseMarkup
{
    // What is ended by others, many times; of the rest, one of each kind.
    private static readonly string[] Elements =
    [
        .. ("div div div p p p span span span li li li ul ul ol dl dt dd dd h1 h2 section article address table table tr tr tr td td td th tbody tbody thead tfoot "
            + "fieldset figure details summary main nav header footer aside blockquote label x-card meter ins a b i button form pre select option svg g caption "
            + "col br img hr input dialog search hgroup textarea").Split(' '),
    ];

    private static readonly string[] Texts = ["a", "b c", " ", "\n", "&amp;", "<!-- c -->", "&am", "p;", "\r", "<hr class=x>", "</p>", "</li>", "</div>", "</br>", "</table>"];

    public static string From(byte[] decisions)
    {
        var html = new StringBuilder();
        var open = new List<string>();
        for (var at = 0; at + 1 < decisions.Length; at += 2)
        {
            var (what, which) = (decisions[at], decisions[at + 1]);
            switch (what % 8)
            {
                case 0 or 1:
                    html.Append(Texts[which % (what < 128 ? 4 : Texts.Length)]);
                    break;
                case 2 or 3 when open.Count > 0:
                    // Mostly what was opened last, or something a little further out, all in between left open.
                    var depth = open.Count - 1 - (which % 4 == 0 ? which / 4 % open.Count : which % 8 == 1 ? Math.Min(1, open.Count - 1) : 0);
                    html.Append("</").Append(open[depth]).Append('>');
                    open.RemoveRange(depth, open.Count - depth);
                    break;
                case 4 when what > 200:
                    html.Append("</").Append(Elements[which % Elements.Length]).Append('>');
                    break;
                case 5:
                    foreach (var name in Structure(which))
                    {
                        html.Append('<').Append(name).Append('>');
                        open.Add(name);
                    }

                    break;
                default:
                    html.Append('<').Append(Elements[which % Elements.Length]).Append(what > 230 ? " class=\"x\"" : "").Append('>');
                    open.Add(Elements[which % Elements.Length]);
                    break;
            }
        }

        return html.ToString();
    }

    private static string[] Structure(byte which) => (which % 6) switch
    {
        0 => ["table", "tr", "td"],
        1 => ["table", "tbody", "tr", "th"],
        2 => ["ul", "li"],
        3 => ["dl", "dt"],
        4 => ["tr", "td"],
        _ => ["li", "p"],
    };
}
