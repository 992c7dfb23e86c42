using System.Globalization;

namespace Stitcher.Parsing;

/// <summary>The attributes of a slot's start tag, read.</summary>
internal sealed record SlotAttributes(string Source, SlotRole Role, TimeSpan? Timeout, string? FallbackSource, bool IsDeferred)
{
    private const string Known = "src, primary, required, timeout, fallback-src, defer";

    public static SlotAttributes Read(LayoutTag tag, LayoutSource source)
    {
        var address = "";
        var role = SlotRole.Optional;
        TimeSpan? timeout = null;
        string? fallback = null;
        var isDeferred = false;
        foreach (var (name, value) in tag.Attributes)
        {
            switch (name)
            {
                case "src":
                    address = value.Trim();
                    break;
                case "primary":
                    role = SlotRole.Primary;
                    break;
                case "required":
                    role = role == SlotRole.Primary ? role : SlotRole.Required;
                    break;
                case "timeout":
                    timeout = ReadTime(value);
                    if (timeout is null)
                    {
                        source.Error(tag.Start, $"timeout=\"{value}\" is no time; expected for example 300ms or 2s, from 1ms to 60s");
                    }

                    break;
                case "fallback-src":
                    fallback = value.Trim();
                    break;
                case "defer":
                    isDeferred = true;
                    break;
                default:
                    source.Error(tag.Start, $"<fragment> has no attribute '{name}'; expected one of {Known}");
                    break;
            }
        }

        if (address.Length == 0)
        {
            source.Error(tag.Start, "<fragment> needs src=\"service/Fragment\"");
        }

        if (isDeferred && role != SlotRole.Optional)
        {
            source.Error(tag.Start, "defer together with primary or required: the page's status cannot wait for what comes last; expected one of them");
        }

        return new SlotAttributes(address, role, timeout, fallback, isDeferred);
    }

    public SlotMarkup ToSlot(ReadOnlyMemory<byte> content, SlotContext context, string file, int line) =>
        new(Source, Role, Timeout, FallbackSource, IsDeferred, content, context, file, line);

    private static TimeSpan? ReadTime(string value)
    {
        var text = value.AsSpan().Trim();
        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? 1d : text.EndsWith("s", StringComparison.Ordinal) ? 1000d : 0d;
        var number = unit == 1 ? text[..^2] : unit > 1 ? text[..^1] : default;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count * unit is >= 1 and <= 60_000
            ? TimeSpan.FromMilliseconds(count * unit)
            : null;
    }
}
