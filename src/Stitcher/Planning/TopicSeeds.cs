using System.Buffers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stitcher.Configuration;

namespace Stitcher.Planning;

/// <summary>
/// Writes what the server knows of shared state into a page, so that a module's first look and the page's first sight agree: where the page is and, in pages that
/// nobody may keep for another, who is signed in and what they prefer.
/// </summary>
/// <param name="options">Which claim names the user.</param>
/// <param name="language">The language of those who prefer none.</param>
/// <param name="isPersonal">The page is for the one who asks, and for nobody else.</param>
internal sealed class TopicSeeds(IdentityOptions options, string language, bool isPersonal)
{
    private const string AnyTheme = "system";

    /// <summary>The element with the values for one request.</summary>
    public ReadOnlyMemory<byte> For(HttpContext context)
    {
        var output = new ArrayBufferWriter<byte>(256);
        output.Write("<script type=\"application/json\" data-stitcher-topics>"u8);

        // The default encoder leaves no less-than sign in the text: no value ends the element.
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("currentRoute", context.Request.PathBase.Add(context.Request.Path).Value);
            if (isPersonal)
            {
                WriteUser(json, context.User);
            }

            json.WriteEndObject();
        }

        output.Write("</script>"u8);
        return output.WrittenMemory;
    }

    private void WriteUser(Utf8JsonWriter json, ClaimsPrincipal user)
    {
        var isSignedIn = user.Identity?.IsAuthenticated == true;
        string? Claim(string type) => isSignedIn ? VisitorReader.ValuesOf(user, type).FirstOrDefault() : null;
        if (Claim(options.SubjectClaim) is { Length: > 0 } subject)
        {
            json.WriteStartObject("currentUser");
            json.WriteString("id", subject);
            json.WriteString("name", Claim("name"));
            json.WriteString("role", Claim("role"));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("currentUser");
        }

        var theme = Claim("theme") ?? AnyTheme;
        var locale = Claim("locale") ?? language;
        json.WriteString("theme", theme);
        json.WriteString("locale", locale);
        json.WriteStartObject("userPreferences");
        json.WriteString("theme", theme);
        json.WriteString("locale", locale);
        json.WriteEndObject();
    }
}
