using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class UserProfileTests(ShopServices shop)
{
    [Fact]
    public async Task Whoever_is_signed_in_has_a_name_a_face_and_a_way_out()
    {
        var answer = await AskAsync("", "1");

        Assert.Equal("Signed in as Ada Holt", answer.Text("summary .profile-name"));
        Assert.Equal("AH", answer.Text(".profile-face text"));
        Assert.Equal(["/orders", "/preferences", "/admin"], answer.Page.Links.Select(link => link.GetAttribute("href")));
        Assert.Equal("POST /sign-out", $"{answer.Page.Forms[0].Method.ToUpperInvariant()} {answer.Page.Forms[0].GetAttribute("action")}");
    }

    [Fact]
    public async Task Only_an_admin_is_shown_the_way_to_the_stockroom() =>
        Assert.Equal(0, (await AskAsync("", "2")).Count("a[href='/admin']"));

    [Fact]
    public async Task Without_a_user_nobody_is_signed_in_and_there_is_a_way_in()
    {
        var answer = await AskAsync("", null);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Not signed in", answer.Text(".profile-name"));
        Assert.Equal("/sign-in", Assert.Single(answer.Page.Links).GetAttribute("href"));
    }

    [Fact]
    public async Task Compact_is_a_face_and_a_name_and_nothing_to_operate()
    {
        var answer = await AskAsync("?compact=true", "2");

        Assert.Equal("Tomas Åkerby", answer.Text(".profile-name"));
        Assert.Equal(0, answer.Count("a, button, form, details"));
    }

    [Theory]
    [InlineData("1", "1", "admin", HttpStatusCode.OK, "Signed in as Ada Holt")]
    [InlineData("1", "2", "admin", HttpStatusCode.OK, "Tomas Åkerby")]
    [InlineData("1", "999", "admin", HttpStatusCode.NotFound, "Nobody we know")]
    [InlineData("2", "2", "", HttpStatusCode.OK, "Signed in as Tomas Åkerby")]
    [InlineData("2", "1", "", HttpStatusCode.Forbidden, "This is somebody else")]
    [InlineData(null, "1", "", HttpStatusCode.Forbidden, "This is somebody else")]
    public async Task Another_user_is_shown_to_an_admin_alone(string? who, string asked, string role, HttpStatusCode status, string name)
    {
        var answer = await FragmentAnswer.OfAsync(
            shop["users"], "/fragments/user-profile?userId=" + asked, who is null ? null : IdentityToken.For("users", who, role));

        Assert.Equal((status, name), (answer.Status, answer.Text(".profile-name")));
    }

    [Theory]
    [InlineData("?userId=x")]
    [InlineData("?userId=0")]
    [InlineData("?userId=-1")]
    [InlineData("?compact=maybe")]
    public async Task What_makes_no_sense_is_a_clear_400(string query) => Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(query, "1")).Status);

    [Fact]
    public async Task The_shop_knows_ten_users_with_names_of_their_own()
    {
        var names = new HashSet<string>();
        for (var id = 1; id <= 10; id++)
        {
            names.Add((await AskAsync("", $"{id}")).Text(".profile-name"));
        }

        Assert.Equal(10, names.Count);
    }

    [Fact]
    public async Task Whoever_is_gone_from_the_database_can_still_leave()
    {
        var answer = await AskAsync("", "999");

        Assert.Equal("Nobody we know", answer.Text(".profile-name"));
        Assert.Equal(1, answer.Count("form[action='/sign-out']"));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("", "1")]
    [InlineData("?userId=1", null)]
    public async Task Nobody_may_keep_a_profile(string query, string? who) => Assert.Equal("private, no-store", (await AskAsync(query, who)).CacheControl);

    private Task<FragmentAnswer> AskAsync(string query, string? who) =>
        FragmentAnswer.OfAsync(shop["users"], "/fragments/user-profile" + query, who is null ? null : IdentityToken.For("users", who));
}
