using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Stitcher.Fragments.Tests.Serving;

public sealed class BrowserMarksTests
{
    [Fact]
    public async Task A_fragment_says_what_to_start_when_and_where_it_can_be_asked_for_again_with_what_it_declares_and_nothing_else()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("Card", "/cards/{id:int}", (FragmentContext context, int id, string? view = null) => FragmentMarkup.Html(
                    $"<p {context.Marks()} {context.Topics(new { SelectedProducts = new[] { id }, name = "a\"<b>" })}>card</p>"))
                .WithModule("card.js").HydrateWhen("visible").OpenToBrowsers();
            app.MapFragment("Quiet", "/quiet", static (FragmentContext context) => FragmentMarkup.Html($"<p {context.Marks()}>quiet</p>"));
            app.MapManifest();
        });

        Assert.Equal(
            "<p data-module=\"products/Card\" data-hydrate=\"visible\" data-fragment=\"/_f/products/Card?id=7&amp;view=a%26b\" data-topics=\"{&quot;selectedProducts&quot;:[7],&quot;name&quot;:&quot;a\\&quot;&lt;b&gt;&quot;}\">card</p>",
            await service.BodyAsync("/cards/7?view=a%26b&userId=1"));
        Assert.Equal("<p >quiet</p>", await service.BodyAsync("/quiet"));

        var manifest = await ManifestReader.ReadAsync(service);
        Assert.Equal((true, "view"), (manifest.Exposes[0].Public, Assert.Single(manifest.Exposes[0].Parameters)));
        Assert.False(manifest.Exposes[1].Public);
    }

    [Fact]
    public async Task In_answer_to_a_form_a_fragment_is_marked_by_its_name()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("Form", "/form", static () => FragmentMarkup.Html($"<p>form</p>")).OpenToBrowsers();
            app.MapFragment("Other", "/other", static (FragmentContext context) => FragmentMarkup.Html($"<p {context.Marks("Form")}>other</p>"));
        });

        Assert.Equal("<p data-fragment=\"/_f/products/Form\">other</p>", await service.BodyAsync("/other"));
    }
}
