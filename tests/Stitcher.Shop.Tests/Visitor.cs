using System.Buffers.Text;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>Somebody with a browser, as the users service meets them behind the gateway.</summary>
/// <param name="users">The service.</param>
/// <param name="client">The address that the gateway says they come from; failures are counted by it.</param>
internal sealed class Visitor(ServiceProcess users, string client)
{
    /// <summary>The gateway's word on who they are; null while they are not signed in.</summary>
    public string? Identity { get; set; }

    /// <summary>What stands in the cookie of their preferences.</summary>
    public string? Preferences { get; set; }

    /// <summary>What the last answer told the gateway of its session; null for nothing.</summary>
    public string? Session { get; private set; }

    /// <summary>The line by which the last answer set a cookie; null for none.</summary>
    public string? SetCookie { get; private set; }

    public async Task<FragmentAnswer> SeesAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await users.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await FragmentAnswer.OfAsync(response);
    }

    /// <summary>The fields that nobody sees of a form as it is shown now.</summary>
    public async Task<Dictionary<string, string>> OpensAsync(string path, string action) => (await SeesAsync(path)).Page
        .QuerySelectorAll($"form[action='{action}'] input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);

    /// <summary>Opens the sign-in form, fills it in and sends it.</summary>
    public async Task<FormReply> SignsInAsync(string email, string password, string query = "", bool isScript = false)
    {
        var fields = await OpensAsync("/fragments/login-form" + query, "/sign-in");
        (fields["email"], fields["password"]) = (email, password);
        return await SendsAsync("/sign-in", fields, isScript);
    }

    public async Task<FormReply> SendsAsync(string path, IReadOnlyDictionary<string, string> fields, bool isScript = false)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(fields);
        request.Headers.Add("Accept", isScript ? "application/json" : "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await users.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Session = response.Headers.NonValidated.TryGetValues("Stitcher-Session", out var said) ? Decoded(said.ToString()) : null;
        SetCookie = response.Headers.NonValidated.TryGetValues("Set-Cookie", out var lines) ? Assert.Single(lines) : null;
        return new FormReply(response.StatusCode, response.Headers.Location?.OriginalString, await FragmentAnswer.OfAsync(response));
    }

    private static string Decoded(string value) => value == "end" ? value : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(value));

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Forwarded-For", client);
        if (Identity is not null)
        {
            request.Headers.Add(IdentityToken.Header, Identity);
        }

        if (Preferences is not null)
        {
            request.Headers.Add("Cookie", "preferences=" + Preferences);
        }

        return request;
    }
}
