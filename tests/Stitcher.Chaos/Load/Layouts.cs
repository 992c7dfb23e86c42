using System.Text;
using Stitcher.Chaos.Services;

namespace Stitcher.Chaos.Load;

/// <summary>The layouts of a run, and the marks in them by which a page is judged. One file makes and reads them, so they cannot drift apart.</summary>
internal static class Layouts
{
    /// <summary>Where the layout begins.</summary>
    public static readonly byte[] Top = "<header id=\"shell-top\">the shop</header>"u8.ToArray();

    /// <summary>Where it ends.</summary>
    public static readonly byte[] End = "<footer id=\"shell-end\">the end</footer></body></html>"u8.ToArray();

    /// <summary>What stands behind each slot.</summary>
    public static readonly byte[] SlotEnd = "<hr class=\"slot-end\">"u8.ToArray();

    /// <summary>What stands before the slot of each service.</summary>
    public static IReadOnlyList<byte[]> SlotBegins { get; } = [.. ServiceNames.All.Select(name => Encoding.UTF8.GetBytes($"<div id=\"slot-{name}\">"))];

    /// <summary>The slots' own content.</summary>
    public static IReadOnlyList<byte[]> Fallbacks { get; } = [.. ServiceNames.All.Select(name => Encoding.UTF8.GetBytes($"<p class=\"fallback\">{name} rests</p>"))];

    /// <summary>Whether the first slot of such a page has content of its own.</summary>
    public static bool HasPrimaryFallback(string kind) => kind == PageKind.Static;

    /// <summary>How many slots such a page has: the first ones of the services.</summary>
    public static int Slots(string kind) => kind == PageKind.Shell ? 0 : ServiceNames.All.Count;

    /// <summary>The layout of a kind of page.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="primaryTime">The time that the first slot has; null for the gateway's default.</param>
    public static string Of(string kind, string? primaryTime)
    {
        var text = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Chaos</title></head><body>");
        text.Append(Encoding.UTF8.GetString(Top));
        for (var i = 0; i < Slots(kind); i++)
        {
            var name = ServiceNames.All[i];
            var isFirst = i == 0;
            var role = !isFirst ? "" : kind == PageKind.Required ? " required" : " primary";
            var time = isFirst && primaryTime is not null ? $" timeout=\"{primaryTime}\"" : "";
            text.Append(Encoding.UTF8.GetString(SlotBegins[i]))
                .Append($"<fragment src=\"{name}/{kind}?id={{id}}\"{role}{time}>")
                .Append(isFirst && !HasPrimaryFallback(kind) ? "" : Encoding.UTF8.GetString(Fallbacks[i]))
                .Append("</fragment>").Append(Encoding.UTF8.GetString(SlotEnd)).Append("</div>");
        }

        return text.Append(Encoding.UTF8.GetString(End)).Append('\n').ToString();
    }
}
