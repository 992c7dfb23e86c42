using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stitcher.Browser;

/// <summary>
/// A script behind a fragment that starts the fragment's module. A module script would wait for the end of the document, which in a streamed page is the slowest
/// slot; this one does not. It takes itself out, so that the document is as it would be without it.
/// </summary>
internal sealed class StartScript
{
    /// <param name="module">What the import map calls the module.</param>
    public StartScript(string module)
    {
        // The default encoder leaves no quotation mark, no less-than sign and no line separator in the text.
        var code = Encoding.UTF8.GetBytes($"import(\"{JsonEncodedText.Encode(module)}\").catch(reportError);document.currentScript.remove()");
        Element = (byte[])[.. "<script>"u8, .. code, .. "</script>"u8];
        PolicySource = $"'sha256-{Convert.ToBase64String(SHA256.HashData(code))}'";
    }

    /// <summary>The script with its element.</summary>
    public ReadOnlyMemory<byte> Element { get; }

    /// <summary>What a Content-Security-Policy allows it by: <c>'sha256-…'</c>.</summary>
    public string PolicySource { get; }
}
