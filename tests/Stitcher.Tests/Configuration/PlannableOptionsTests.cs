using Stitcher.Configuration;
using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class PlannableOptionsTests
{
    [Fact]
    public void What_was_told_already_is_neither_told_again_nor_planned()
    {
        var options = new StitcherOptions { LayoutRoot = "a\0b" };
        options.Limits.SlotsPerPage = -1;
        options.Services.Add(new ServiceOptions { Name = "products", Fragments = { new() { Name = "A", Path = "/{" }, new() { Name = "A", Path = "/b" } } });
        options.Services.Add(new ServiceOptions { Name = "products" });
        options.Pages.Add(new PageOptions { Name = "a", Route = "/", Layout = "../secret.html" });
        options.Pages.Add(new PageOptions { Name = "b", Route = "/{", Layout = "b.html" });

        var plannable = PlannableOptions.Of(options);

        Assert.Equal(("layouts", 32), (plannable.LayoutRoot, plannable.Limits.SlotsPerPage));
        Assert.Equal("/", Assert.Single(Assert.Single(plannable.Services).Fragments).Path);
        Assert.Equal("b.html", Assert.Single(plannable.Pages).Layout);
    }
}
