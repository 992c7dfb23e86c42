using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Stitcher.Fragments.Tests.Components;
using Xunit;

namespace Stitcher.Fragments.Tests.Serving;

/// <summary>A gateway leaves out what a 400 names and asks again; so the names must be those of the address, and all of them.</summary>
public sealed class RefusedParameterTests
{
    [Theory]
    [InlineData("/catalog?max=0&sort=sideways&page=1", "max, sort")]
    [InlineData("/catalog?max=12&sort=name&page=two", "page")]
    [InlineData("/catalog?max=%22page%22", "max")]
    [InlineData("/shelf?page=0", "page")]
    [InlineData("/shelf?page=two", "page")]
    [InlineData("/broken?max=1", "")]
    public async Task A_refusal_names_the_parameters_that_are_refused(string address, string expected)
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment(
                "Catalog", "/catalog", ([Range(1, 48)] int max = 12, [AllowedValues(null, "name")] string? sort = null, int page = 1) => FragmentMarkup.Html($"<p>{max} {sort} {page}</p>"));
            app.MapFragment<Shelf>("Shelf", "/shelf");
            app.MapFragment("Broken", "/broken", (int max = 1) => FragmentResults.BadRequest($"{max} is too few."));
        });
        using var answer = await service.GetAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.TryGetValues("Stitcher-Refused", out var refused) ? string.Join(", ", refused) : "");
    }
}
