using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class ErrorPageTests : IDisposable
{
    private readonly WebApplicationFactory<Program> _host = new();

    [Theory]
    [InlineData("/there-is-no-such-page", HttpStatusCode.NotFound)]
    [InlineData("/_s/nobody/assets/a.css", HttpStatusCode.NotFound)]
    public async Task A_person_who_asks_for_what_is_not_there_gets_a_page_to_read(string path, HttpStatusCode status)
    {
        using var client = _host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains("<h1>There is nothing on this shelf.</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("<place", page, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_program_that_does_not_read_html_gets_none()
    {
        using var client = _host.CreateClient();
        using var response = await client.GetAsync("/there-is-no-such-page", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _host.Dispose();
}
