using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Stitcher.Fragments.Html;

namespace Stitcher.Fragments;

/// <summary>HTML that is safe to send: written by the service's authors, with every value of others encoded.</summary>
/// <remarks>Immutable, kept as UTF-8. As a result of a handler it is the fragment's body.</remarks>
public sealed class FragmentMarkup : IResult
{
    private FragmentMarkup(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <value>No markup at all.</value>
    public static FragmentMarkup Empty { get; } = new(ReadOnlyMemory<byte>.Empty);

    /// <value>The markup as UTF-8.</value>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Makes markup of an interpolated string; every hole is encoded for the place it stands in.</summary>
    /// <remarks>
    /// A hole may stand in text and inside a quoted attribute. Where encoding would not help (unquoted attributes, names,
    /// <c>script</c>, <c>style</c>, <c>on…</c> attributes) it throws. Markup and lists of markup go in as they are, in text only.
    /// In attributes that hold an address a value that is neither relative nor http(s), mailto or tel is replaced by <c>about:invalid</c>.
    /// Numbers and times are written culture-invariantly.
    /// </remarks>
    /// <exception cref="FormatException">A hole stands where no encoding makes it safe; the message names the place and what to write.</exception>
    public static FragmentMarkup Html(ref FragmentMarkupHandler html) => FromUtf8(html.Complete());

    /// <summary>Takes HTML as it is. For text the service's own authors wrote, never for values from outside.</summary>
    public static FragmentMarkup Trusted(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return FromUtf8(Encoding.UTF8.GetBytes(html));
    }

    /// <summary>Encodes a text.</summary>
    public static FragmentMarkup Text(string? text)
    {
        var buffer = new HtmlBuffer(text?.Length ?? 0);
        buffer.Encode(text);
        return FromUtf8(buffer.ToArrayAndRelease());
    }

    /// <summary>Puts markup together, in order.</summary>
    public static FragmentMarkup Join(IEnumerable<FragmentMarkup> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var buffer = new HtmlBuffer(256);
        foreach (var part in parts)
        {
            buffer.Write(part.Utf8.Span);
        }

        return FromUtf8(buffer.ToArrayAndRelease());
    }

    /// <summary>An attribute that may be missing, for a hole between attributes: <c>&lt;a href="/" {Attribute("aria-current", …)}&gt;</c>.</summary>
    /// <param name="name">The attribute's name; no event handler, no <c>style</c> and nothing that holds an address.</param>
    /// <param name="value">The value; null leaves the attribute out.</param>
    /// <exception cref="ArgumentException">The name is none, or its values would not be safe by encoding alone.</exception>
    public static FragmentAttribute Attribute(string name, string? value) => FragmentAttribute.Of(name, value);

    /// <summary>An attribute without a value, such as <c>selected</c>.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="isPresent">False leaves it out.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static FragmentAttribute Attribute(string name, bool isPresent) => FragmentAttribute.Of(name, isPresent ? "" : null);

    /// <summary>Lets an address through that leads nowhere dangerous.</summary>
    /// <returns>The address if it is relative or http(s), mailto or tel; otherwise <c>about:invalid</c>.</returns>
    public static string Url(string? address) => HtmlAddress.IsHarmless(address) ? address ?? "" : HtmlAddress.Refused;

    /// <summary>Sends the markup as the fragment's body.</summary>
    public Task ExecuteAsync(HttpContext httpContext) => FragmentResults.Html(this).ExecuteAsync(httpContext);

    /// <summary>The markup as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The markup as it is written into a Razor component: <c>@Context!.FormToken("review").ToMarkupString()</c>.</summary>
    public MarkupString ToMarkupString() => new(ToString());

    internal static FragmentMarkup FromUtf8(byte[] utf8) => utf8.Length == 0 ? Empty : new FragmentMarkup(utf8);
}
