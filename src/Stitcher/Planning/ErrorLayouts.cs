using System.Collections.Frozen;
using System.Globalization;

namespace Stitcher.Planning;

/// <summary>The site's own error pages, each for a status or for all of a kind (<c>4xx</c>, <c>5xx</c>).</summary>
internal sealed class ErrorLayouts(FrozenDictionary<string, ErrorLayout> layouts)
{
    public static readonly ErrorLayouts None = new(FrozenDictionary<string, ErrorLayout>.Empty);

    /// <returns>Null when the gateway's own page is shown.</returns>
    public ErrorLayout? Find(int status) =>
        layouts.Count == 0 ? null
        : layouts.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture)) ?? layouts.GetValueOrDefault(status < 500 ? "4xx" : "5xx");
}
