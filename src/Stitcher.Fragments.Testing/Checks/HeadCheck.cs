using System.Collections.Immutable;
using AngleSharp.Dom;
using Stitcher.Configuration;
using Stitcher.Fragments.Testing.Hosting;
using Stitcher.Parsing;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Compares what an answer wants in the page's head with what a gateway takes.</summary>
internal static class HeadCheck
{
    public static IReadOnlyList<Finding> Find(Answer answer, string service, string address, TrustLevel trust)
    {
        var origin = new FragmentOrigin(service, trust, address);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (answer.IsHtml && answer.IsDocument && SourceTree.Of(answer) is IDocument { Head: { } head })
        {
            findings.AddRange(Judge(head, new TrustRules(origin, new AddressRewriter(origin))));
        }

        if (answer.Headers.Link is { } header)
        {
            var (said, taken) = (LinkHeader.Parse(header).Count, new HeadReader(origin).ReadLinks(header).Length);
            if (taken < said)
            {
                findings.Add(new Finding(
                    $"of {said} links in its Link header a gateway takes {taken} at trust {trust}: style sheets, preloads and preconnects of the service's own files, eight at most"));
            }
        }

        return findings.ToImmutable();
    }

    private static IEnumerable<Finding> Judge(IElement head, TrustRules rules)
    {
        var titles = head.Children.Where(static element => element.LocalName == "title").ToArray();
        if (titles.Length > 1)
        {
            yield return new Finding("there is a second <title>; a page has one", SourceTree.PlaceOf(titles[1]));
        }

        if (titles.Length > 0 && titles[0].TextContent.Trim().Length == 0)
        {
            yield return new Finding("the <title> is empty", SourceTree.PlaceOf(titles[0]));
        }

        foreach (var element in head.Children)
        {
            if (!rules.MayStayInHead(element) || (element.LocalName == "meta" && element.HasAttribute("http-equiv")))
            {
                yield return new Finding($"a gateway takes <{element.LocalName}> out of the head", SourceTree.PlaceOf(element));
            }
        }
    }
}
