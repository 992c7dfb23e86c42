using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Stitcher.Parsing;

/// <summary>Reads the tags of a text as the parser's tokenizer sees them: not those in comments, scripts or attribute values.</summary>
internal static class TagReader
{
    /// <param name="text">HTML.</param>
    /// <param name="budget">Bounds the reading; none for what the operator wrote.</param>
    public static List<LayoutTag> Read(string text, ParseBudget? budget = null)
    {
        var tags = new List<LayoutTag>();
        ParserWithoutFrames.With(new HtmlParserOptions
        {
            DisableElementPositionTracking = true,
            OnCreated = budget is null ? null! : budget.OnCreated,
            OnToken = (token, range) =>
            {
                budget?.OnToken(token, range);
                if (token is HtmlTagToken tag)
                {
                    tags.Add(new LayoutTag(
                        tag.Name,
                        tag.Type == HtmlTokenType.StartTag,
                        tag.IsSelfClosing,
                        range.Start.Index,
                        range.End.Index,
                        [.. tag.Attributes.Select(a => KeyValuePair.Create(a.Name.ToString(), a.Value.ToString()))]));
                }
                else if (token.Type is HtmlTokenType.Doctype)
                {
                    tags.Add(new LayoutTag("!doctype", true, false, range.Start.Index, range.End.Index, []));
                }
            },
        }).ParseDocument(text.AsMemory());
        return tags;
    }
}
