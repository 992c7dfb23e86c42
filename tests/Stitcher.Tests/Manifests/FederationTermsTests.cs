using Stitcher.Configuration;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class FederationTermsTests
{
    [Fact]
    public void What_the_operator_wants_of_the_federation_is_what_is_negotiated_by()
    {
        var options = new StitcherOptions();
        options.Federation.Strategy = WinnerChoice.Sticky;
        options.Federation.StrictConflict = StrictConflict.Quarantine;
        options.Federation.FamilyPerScope = true;
        options.Federation.LastKnownGood = TimeSpan.FromHours(3);
        options.Federation.Retention = TimeSpan.FromHours(5);
        options.Federation.Providers.Add(new ProviderRuleOptions { Package = "@shop/*", Allow = { "platform" } });
        options.Federation.Packages.Add(new PackagePolicyOptions { Name = "lit", StrictConflict = StrictConflict.Isolate });
        options.Federation.Packages.Add(new PackagePolicyOptions { Name = "svelte" });

        var terms = FederationTerms.From(options);

        Assert.Equal((TimeSpan.FromHours(3), TimeSpan.FromHours(5)), (terms.LastKnownGood, terms.Retention));
        Assert.Equal((WinnerStrategy.Sticky, SingletonConflict.Quarantine, true), (terms.Policy.Strategy, terms.Policy.SingletonConflict, terms.Policy.FamilyPerNpmScope));
        var rule = Assert.Single(terms.Policy.ProviderRules);
        Assert.Equal(("@shop/*", "platform"), (rule.Package, Assert.Single(rule.Allow)));
        Assert.Equal(SingletonConflict.Isolate, terms.Policy.Overrides["lit"].SingletonConflict);
        Assert.Null(terms.Policy.Overrides["svelte"].SingletonConflict);
    }
}
