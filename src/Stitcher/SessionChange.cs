using Microsoft.Extensions.Primitives;

namespace Stitcher;

/// <summary>The session was made, replaced or ended while this request was answered.</summary>
/// <param name="Cookies">The header lines that tell the browser; a page that is composed of the answer must carry them on.</param>
internal sealed record SessionChange(StringValues Cookies);
