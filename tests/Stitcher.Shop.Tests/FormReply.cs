using System.Net;
using System.Text.Json;

namespace Stitcher.Shop.Tests;

/// <summary>What came of a form.</summary>
/// <param name="Location">The page to show next; null for a form that is shown again.</param>
/// <param name="Answer">The form again, or JSON for scripts.</param>
internal sealed record FormReply(HttpStatusCode Status, string? Location, FragmentAnswer Answer)
{
    /// <summary>The words above the form.</summary>
    public string Message => Answer.Text(".form-message");

    /// <summary>The sentence at a field.</summary>
    public string ErrorAt(string field) => Answer.Text($"[data-error-for='{field}']");

    public JsonElement Json
    {
        get
        {
            using var json = JsonDocument.Parse(Answer.Html);
            return json.RootElement.Clone();
        }
    }
}
