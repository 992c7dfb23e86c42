using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Stitcher.Configuration;

/// <summary>The rules that several kinds of options share, and the keys under which the options were written.</summary>
internal sealed class OptionsCheck(IConfiguration configuration, ConfigurationErrors errors)
{
    /// <summary>The full key of an option of the <c>Stitcher</c> section.</summary>
    public static string Key(string path) => StitcherOptions.SectionName + ":" + path;

    /// <inheritdoc cref="ConfigurationErrors.Add"/>
    public void Add(string key, string what, string expected) => errors.Add(key, what, expected);

    /// <summary>
    /// The items of a list with their keys. Indices may have gaps, so the third item is not always number 2. An item that is no object has been reported
    /// when it was read; it is left out, for complaints about its missing fields would hide the cause.
    /// </summary>
    public IEnumerable<(T Item, string Key)> Items<T>(IEnumerable<T> items, string listKey)
    {
        var sections = configuration.GetSection(listKey).GetChildren().ToArray();
        return items
            .Select((item, i) => (item, section: i < sections.Length ? sections[i] : configuration.GetSection($"{listKey}:{i}")))
            .Where(pair => string.IsNullOrEmpty(pair.section.Value))
            .Select(pair => (pair.item, pair.section.Path));
    }

    /// <summary>Whether a text was given; if not, an error is added, unless something that is no text stands there and was reported when it was read.</summary>
    public bool IsGiven(string value, string key, string expected)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return true;
        }

        if (!configuration.GetSection(key).GetChildren().Any())
        {
            errors.Add(key, configuration[key] is null ? "is missing" : "is empty", expected);
        }

        return false;
    }

    /// <summary>Whether a name is given and written with the letters that its option allows.</summary>
    public bool IsName(object options, string property, string key, string expected)
    {
        var info = options.GetType().GetProperty(property)!;
        var name = (string)info.GetValue(options)!;
        if (!IsGiven(name, key, expected))
        {
            return false;
        }

        if (info.GetCustomAttribute<RegularExpressionAttribute>() is { } rule && !Regex.IsMatch(name, $"^(?:{rule.Pattern})\\z"))
        {
            errors.Add(key, $"'{name}' is not a valid name", expected);
            return false;
        }

        return true;
    }

    /// <summary>Adds an error for each value that an earlier item already has.</summary>
    public void Unique(IEnumerable<(string Value, string Written, string Key)> values, string expected)
    {
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (value, written, key) in values)
        {
            if (!first.TryAdd(value, key))
            {
                errors.Add(key, $"'{written}' is taken by {first[value]}", expected);
            }
        }
    }

    /// <summary>Adds an error for each number or time outside the range that its option documents.</summary>
    public void Ranges(object options, string key)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            if (OptionValue.Bounds(property) is var (smallest, largest)
                && property.GetValue(options) is { } value
                && (smallest.CompareTo(value) > 0 || largest.CompareTo(value) < 0))
            {
                errors.Add($"{key}:{property.Name}", $"'{OptionValue.Format(value)}' is out of range", OptionValue.Describe(property));
            }
        }
    }
}
