using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class UserProfileTests(ShopServices shop)
{
    [Fact]
    public async Task The_demonstrations_user_has_a_name_and_a_face()
    {
        var answer = await AskAsync("?userId=1");

        Assert.Equal("Signed in as Maren Holt", answer.Text(".profile-name"));
        Assert.Equal("MH", answer.Text(".profile-face text"));
    }

    [Fact]
    public async Task Asked_without_a_user_nobody_is_signed_in()
    {
        var answer = await AskAsync("");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Not signed in", answer.Text(".profile-name"));
    }

    [Fact]
    public async Task The_shop_knows_ten_users_with_names_of_their_own()
    {
        var names = new HashSet<string>();
        for (var id = 1; id <= 10; id++)
        {
            names.Add((await AskAsync($"?userId={id}")).Text(".profile-name"));
        }

        Assert.Equal(10, names.Count);
    }

    [Fact]
    public async Task A_user_nobody_knows_is_a_404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("?userId=999")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?userId=1")]
    [InlineData("?userId=999")]
    public async Task Nobody_may_keep_a_profile(string query)
    {
        Assert.Equal("private, no-store", (await AskAsync(query)).CacheControl);
    }

    private Task<FragmentAnswer> AskAsync(string query) => FragmentAnswer.OfAsync(shop["users"], "/fragments/user-profile" + query);
}
