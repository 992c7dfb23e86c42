using System.Collections.Immutable;
using AngleSharp.Dom;
using Stitcher.Configuration;
using Stitcher.Fragments.Testing.Hosting;
using Stitcher.Parsing;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Lets the gateway's own rules look at the markup.</summary>
internal static class TrustCheck
{
    // The time is the gateway's to bound; a test that runs on a busy machine says nothing about it.
    private static readonly ParseLimits Limits = ParseLimits.From(new LimitOptions()) with { Time = TimeSpan.FromSeconds(30) };

    public static IReadOnlyList<Finding> Find(Answer answer, string service, string address, TrustLevel trust)
    {
        if (!answer.IsHtml)
        {
            return [];
        }

        var origin = new FragmentOrigin(service, trust, address);
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var rules = new TrustRules(origin, new AddressRewriter(origin));
        var root = SourceTree.Of(answer);
        foreach (var element in SourceTree.Elements(root is IDocument document ? document.Body! : root).ToArray())
        {
            findings.AddRange(Judge(element, rules, trust));
        }

        var shown = new FragmentParser(TimeProvider.System).Parse(answer.Body, origin, SlotContext.Body, Limits);
        if (shown.Refusal is { } refusal)
        {
            findings.Add(new Finding($"a gateway refuses it ({refusal}) and shows the slot's own content"));
        }

        return findings.ToImmutable();
    }

    private static IEnumerable<Finding> Judge(IElement element, TrustRules rules, TrustLevel trust)
    {
        var (name, place) = (element.LocalName, SourceTree.PlaceOf(element));
        var before = element.Attributes.Select(static attribute => attribute.Name).ToArray();
        var hadParent = element.Parent is not null;
        try
        {
            rules.Apply(element);
        }
        catch (ParseRefusedException)
        {
            // Found again, and told, when the gateway's parser reads the whole.
            return [];
        }

        return hadParent && element.Parent is null
            ? [new Finding($"<{name}> is taken out at trust {trust}", place)]
            : before.Except(element.Attributes.Select(static attribute => attribute.Name), StringComparer.Ordinal)
                .Select(attribute => new Finding($"the attribute {attribute} of <{name}> is taken out at trust {trust}; a module listens instead", place));
    }
}
