using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Stitcher.Configuration;

/// <summary>Turns the text of one setting into its value, and says in words what the setting takes.</summary>
internal static class OptionValue
{
    /// <summary>Whether values of the type are written as one text rather than as an object or a list.</summary>
    public static bool IsScalar(Type type) =>
        type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(TimeSpan) || type.IsEnum;

    /// <summary>Reads the text as a value of the type, independent of the machine's language.</summary>
    public static bool TryConvert(Type type, string text, out object? value)
    {
        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(TimeSpan) => Duration.TryParse(text, out var duration) ? duration : null,
            // By name only: the framework would also take numbers, and sums of names.
            _ when type.IsEnum => Array.Find(Enum.GetNames(type), name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } name
                ? Enum.Parse(type, name)
                : null,
            _ => throw new NotSupportedException($"An option of type {type} has no written form."),
        };
        return value is not null;
    }

    /// <summary>What the setting takes: kind, unit and range.</summary>
    public static string Describe(PropertyInfo property, string written = "")
    {
        var type = property.PropertyType;
        var range = Range(property);
        return type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number" + range,
            _ when type == typeof(TimeSpan) => $"a time{range}, written like '800ms', '2s', '1m', '1h' or '00:00:02'",
            _ when type.IsEnum => NearestName.OneOf(written, Enum.GetNames(type)),
            _ => "a text",
        };
    }

    /// <summary>The smallest and the largest value that the setting takes, or null if it has no range.</summary>
    public static (IComparable Smallest, IComparable Largest)? Bounds(PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
        {
            return null;
        }

        return (Bound(range.Minimum), Bound(range.Maximum));

        IComparable Bound(object bound) => property.PropertyType switch
        {
            var type when type == typeof(TimeSpan) => TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture),
            var type => (IComparable)Convert.ChangeType(bound, type, CultureInfo.InvariantCulture),
        };
    }

    private static string Range(PropertyInfo property) =>
        Bounds(property) is var (smallest, largest) ? $" from {Format(smallest)} to {Format(largest)}" : "";

    /// <summary>Writes a value as an operator would.</summary>
    public static string Format(object value) => value switch
    {
        TimeSpan duration => Duration.Format(duration),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
