using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Stitcher.Fragments.Testing.Hosting;
using Stitcher.Parsing;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Asks with values that are markup, and looks for them.</summary>
internal static class EncodingCheck
{
    private const string Mark = "q7";
    private const string Element = "<q7-hostile";
    private const string Script = "javascript:q7hostile()";

    // Ends an attribute in double quotes, one in single quotes, one without, and a text, in this order.
    private const string Hostile = "q7a\" q7b' q7c>" + Element + " q7d=1>";

    public static async Task<IReadOnlyList<Finding>> FindAsync(Question question, HttpClient client, CancellationToken ct)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var names = question.Fragment.Parameters.Select(static parameter => parameter.Name)
            .Concat(question.Values.Keys)
            .Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            foreach (var value in (string[])[Hostile, Script])
            {
                var answer = await Answer.OfAsync(client, question.With(name, value), ct);
                if (Judge(name, value, answer) is { } finding)
                {
                    findings.Add(finding);
                }
            }
        }

        return findings.ToImmutable();
    }

    private static Finding? Judge(string name, string value, Answer answer)
    {
        if ((int)answer.Status >= 500)
        {
            return new Finding($"{name}={value} is answered by {(int)answer.Status}; a value that cannot be is a 400");
        }

        if (!answer.IsHtml)
        {
            return null;
        }

        var raw = answer.Html.IndexOf(Element, StringComparison.OrdinalIgnoreCase);
        if (raw >= 0)
        {
            return new Finding($"the value of {name} comes out as markup: {value}", SourcePlace.At(answer.Html, raw));
        }

        foreach (var element in new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(answer.Html).All)
        {
            foreach (var attribute in element.Attributes)
            {
                if (Judge(name, element, attribute) is { } finding)
                {
                    return finding;
                }
            }
        }

        return null;
    }

    private static Finding? Judge(string name, IElement element, IAttr attribute)
    {
        if (attribute.Name.Contains(Mark, StringComparison.OrdinalIgnoreCase) || attribute.Value.EndsWith("q7a", StringComparison.Ordinal))
        {
            return new Finding($"the value of {name} leaves its attribute in <{element.LocalName}>: quotes must be encoded, and the attribute quoted", SourceTree.PlaceOf(element));
        }

        return TrustRules.AddressAttributes.Contains(attribute.Name) && attribute.Value.Trim().StartsWith(Script, StringComparison.OrdinalIgnoreCase)
            ? new Finding($"the value of {name} is the address {attribute.Name} of <{element.LocalName}>, and runs as script: {Script}", SourceTree.PlaceOf(element))
            : null;
    }
}
