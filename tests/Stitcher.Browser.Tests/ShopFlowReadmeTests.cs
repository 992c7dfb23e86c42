using System.Reflection;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>What the readme of the shop says is tested in a browser is so.</summary>
public sealed class ShopFlowReadmeTests
{
    [Fact]
    public void Everything_exposed_is_met_in_the_test_that_the_readme_names_for_it()
    {
        foreach (var thing in ExposedThing.All)
        {
            var test = ShopFlowDeed.Proofs[thing.WithScripts.Trim('*')];
            Assert.Contains(thing.Address, Meets(test));
            Assert.True(thing.HasFragment ? thing.WithoutScripts == thing.WithScripts && IsForEveryWay(test) : thing.WithoutScripts == ReadmeTable.None, $"{thing} is not tested without scripts.");
        }
    }

    [Fact]
    public void Every_deed_is_done_on_a_desk_and_on_a_phone_with_scripts_and_without() => Assert.All(
        ShopFlowDeed.All.Values,
        static deed =>
        {
            Assert.All(deed.Tests, static test => Assert.True(IsForEveryWay(test), $"{test.Name} is not for every way."));
            Assert.All(RunningShop.Projects.Keys, service => deed.RefusalWithout(service));
        });

    private static IEnumerable<string> Meets(MethodInfo test) =>
        test.GetCustomAttributes<TraitAttribute>().Where(static trait => trait.Name == "Meets").SelectMany(static trait => trait.Value.Split(' '));

    private static bool IsForEveryWay(MethodInfo test) =>
        test.GetCustomAttribute<TheoryAttribute>() is not null && test.GetCustomAttribute<MemberDataAttribute>()?.MemberName == nameof(ShopFlow.Ways);
}
