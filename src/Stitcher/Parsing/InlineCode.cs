using System.Security.Cryptography;
using System.Text;

namespace Stitcher.Parsing;

/// <summary>A script or style that stands in the text of a page, by the hash that a Content-Security-Policy allows it by.</summary>
/// <param name="IsScript">A script; otherwise a style sheet.</param>
/// <param name="PolicySource"><c>'sha256-…'</c>.</param>
internal sealed record InlineCode(bool IsScript, string PolicySource)
{
    /// <param name="isScript">A script; otherwise a style sheet.</param>
    /// <param name="code">What stands between the tags. A browser sees line feeds where CR LF is written.</param>
    public static InlineCode Of(bool isScript, string code) =>
        new(isScript, $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code.ReplaceLineEndings("\n"))))}'");

    /// <summary>Whether a script element without a source is code, and not data that a script reads.</summary>
    public static bool IsCode(string? type) =>
        (type ?? "").Trim().ToLowerInvariant() is "" or "module" or "text/javascript" or "application/javascript" or "text/ecmascript" or "application/ecmascript" or "speculationrules";
}
