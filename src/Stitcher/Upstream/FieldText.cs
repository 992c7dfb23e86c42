using System.Globalization;
using System.Text;

namespace Stitcher.Upstream;

/// <summary>Fields written one behind the other so that no two lists of fields make the same text, whatever is in them: each with its length before it.</summary>
internal static class FieldText
{
    /// <summary>One field. Null is told from the empty text.</summary>
    public static string Of(string? field) =>
        field is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{field.Length}:{field}");

    public static string Of(params ReadOnlySpan<string?> fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
        {
            Append(text, field);
        }

        return text.ToString();
    }

    public static void Append(StringBuilder text, string? field)
    {
        if (field is null)
        {
            text.Append('-');
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{field.Length}:").Append(field);
    }
}
