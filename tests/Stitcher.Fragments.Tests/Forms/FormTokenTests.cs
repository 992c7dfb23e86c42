using System.Net;
using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Fragments.Forms;
using Xunit;

namespace Stitcher.Fragments.Tests.Forms;

public sealed partial class FormTokenTests
{
    private const string Outdated = "This form had been open for too long. Please send it again.";

    private readonly Clock _clock = new();

    [Fact]
    public async Task A_form_that_this_service_wrote_for_this_session_is_taken()
    {
        await using var service = await StartAsync();

        Assert.Equal("taken by nobody", await SendAsync(service, await TokenAsync(service)));
        Assert.Equal("taken by 1", await SendAsync(service, await TokenAsync(service, who: "1 a"), who: "1 a"));
    }

    [Theory]
    [InlineData(null, "1 a")]
    [InlineData("1 a", null)]
    [InlineData("1 a", "1 b")]
    [InlineData("1 a", "2 a")]
    public async Task A_form_of_another_session_is_refused(string? writtenFor, string? sentBy)
    {
        await using var service = await StartAsync();

        Assert.Contains(Outdated, await SendAsync(service, await TokenAsync(service, who: writtenFor), who: sentBy), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("forged")]
    [InlineData("!!!")]
    public async Task A_form_without_a_token_of_this_service_is_refused(string token)
    {
        await using var service = await StartAsync();
        await using var other = await StartAsync("others");

        Assert.Contains(Outdated, await SendAsync(service, token), StringComparison.Ordinal);
        Assert.Contains(Outdated, await SendAsync(service, await TokenAsync(other)), StringComparison.Ordinal);
        Assert.Contains(Outdated, await SendAsync(service, await TokenAsync(service, form: "other")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_may_be_open_for_twelve_hours()
    {
        await using var service = await StartAsync();
        var token = await TokenAsync(service);

        _clock.Now += TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1);
        Assert.Equal("taken by nobody", await SendAsync(service, token));
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Contains(Outdated, await SendAsync(service, token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_can_show_such_a_form_again_as_it_was_sent()
    {
        await using var service = await StartAsync();

        Assert.Equal("again: 7", await SendAsync(service, "forged", "/kept"));
    }

    [Fact]
    public async Task A_script_is_told_so_with_a_token_by_which_it_can_send_the_form_again()
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/form") { Content = Fields("forged") };
        request.Headers.Add("Accept", "application/json");
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal((false, Outdated), (json.RootElement.GetProperty("ok").GetBoolean(), json.RootElement.GetProperty("message").GetString()));
        Assert.Equal("taken by nobody", await SendAsync(service, json.RootElement.GetProperty("token").GetString()!));
    }

    [Theory]
    [InlineData("/shown-to-all", "no-store, private")]
    [InlineData("/shown-to-one", "max-age=30, private")]
    [InlineData("/without", "public, max-age=30")]
    public async Task A_fragment_with_a_token_is_not_kept_for_others(string path, string caching)
    {
        await using var service = await StartAsync();
        using var response = await service.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, caching), (response.StatusCode, response.Headers.CacheControl?.ToString()));
    }

    [Fact]
    public async Task What_is_no_form_is_a_415()
    {
        await using var service = await StartAsync();
        using var response = await service.Http.PostAsync(new Uri("/form", UriKind.Relative), new StringContent("{}", null, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static FormUrlEncodedContent Fields(string token) => new(new Dictionary<string, string> { [FormToken.Field] = token, ["quantity"] = "7" });

    private static async Task<string> TokenAsync(RunningService service, string form = "basket", string? who = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fragment?form=" + form);
        request.Headers.TryAddWithoutValidation("Who", who);
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return Value().Match(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
    }

    private static async Task<string> SendAsync(RunningService service, string token, string path = "/form", string? who = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Fields(token) };
        request.Headers.TryAddWithoutValidation("Who", who);
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    // Who asks stands in a header of the test's own: user and session.
    private Task<RunningService> StartAsync(string name = "products") => RunningService.StartAsync(
        app =>
        {
            app.Use((context, next) =>
            {
                if (context.Request.Headers["Who"].ToString().Split(' ') is [var user, var session])
                {
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new("sub", user), new("sid", session)], "test"));
                }

                return next(context);
            });
            app.MapFragment("Basket", "/fragment", (FragmentContext context, string form) => FragmentMarkup.Html($"<form>{context.FormToken(form)}</form>"));
            app.MapFragment("All", "/shown-to-all", (FragmentContext context) => context.FormToken("basket")).CacheFor(TimeSpan.FromSeconds(30));
            app.MapFragment("One", "/shown-to-one", (FragmentContext context) => context.FormToken("basket")).CacheFor(TimeSpan.FromSeconds(30)).Private();
            app.MapFragment("Without", "/without", () => FragmentMarkup.Text("x")).CacheFor(TimeSpan.FromSeconds(30));
            app.MapPost("/form", (FragmentContext context) => "taken by " + (context.User.FindFirst("sub")?.Value ?? "nobody")).RequireFormToken("basket");
            app.MapPost("/kept", () => "taken").RequireFormToken(
                "basket", async context => Results.Text("again: " + (await context.Request.ReadFormAsync())["quantity"], statusCode: 422));
        },
        configure: options => options.Service = name,
        services: services => services.AddSingleton<TimeProvider>(_clock));

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex Value();

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
