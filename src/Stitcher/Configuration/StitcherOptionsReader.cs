using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Stitcher.Configuration;

/// <summary>
/// Reads the <c>Stitcher</c> section into the options and tells every key that does not fit. The framework's own binder is not used: it stops at the first
/// unknown key, does not say where it stands, and reads a time of <c>2</c> as two days.
/// </summary>
internal static class StitcherOptionsReader
{
    /// <summary>Reads the options. What cannot be read keeps its default and adds an error.</summary>
    /// <param name="configuration">The root of the configuration.</param>
    /// <param name="errors">Receives one sentence for each key that is unknown or does not fit.</param>
    public static StitcherOptions Read(IConfiguration configuration, ICollection<string> errors)
    {
        var options = new StitcherOptions();
        new Reading(new ConfigurationErrors(configuration, errors)).Fill(options, configuration.GetSection(StitcherOptions.SectionName));
        return options;
    }

    private sealed class Reading(ConfigurationErrors errors)
    {
        public void Fill(object target, IConfigurationSection section)
        {
            if (!string.IsNullOrEmpty(section.Value))
            {
                errors.Add(section.Path, $"'{section.Value}' is a single value", "an object with " + Settings(section.Key, target.GetType()));
                return;
            }

            foreach (var child in section.GetChildren())
            {
                var property = target.GetType().GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
                if (property is null)
                {
                    errors.Add(child.Path, $"unknown setting '{child.Key}'", Settings(child.Key, target.GetType()));
                }
                else
                {
                    FillProperty(target, property, child);
                }
            }
        }

        private void FillProperty(object target, PropertyInfo property, IConfigurationSection section)
        {
            if (OptionValue.IsScalar(property.PropertyType))
            {
                if (Scalar(property.PropertyType, section, OptionValue.Describe(property, section.Value ?? "")) is { } value)
                {
                    property.SetValue(target, value);
                }

                return;
            }

            switch (property.GetValue(target))
            {
                case IList items:
                    FillList(items, property.PropertyType.GetGenericArguments()[0], section);
                    break;
                case IDictionary<string, string> texts:
                    FillTexts(texts, section);
                    break;
                case { } nested:
                    Fill(nested, section);
                    break;
            }
        }

        private void FillList(IList items, Type itemType, IConfigurationSection section)
        {
            var children = section.GetChildren().ToArray();
            if (!string.IsNullOrEmpty(section.Value))
            {
                errors.Add(section.Path, $"'{section.Value}' is a single value", "a list: [ … ]");
                return;
            }

            if (Array.Find(children, child => !int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } named)
            {
                errors.Add(section.Path, $"an object with the key '{named.Key}' stands here", "a list: [ … ]");
                return;
            }

            // JSON's null leaves the default; an empty list is "" and empties it.
            if (section.Value is null && children.Length == 0)
            {
                return;
            }

            // Gaps close up: lists of several sources merge by index, and a source may fill index 7 alone.
            items.Clear();
            foreach (var child in children)
            {
                if (!OptionValue.IsScalar(itemType))
                {
                    var item = Activator.CreateInstance(itemType)!;
                    Fill(item, child);
                    items.Add(item);
                }
                else if (Scalar(itemType, child, "a text") is { } value)
                {
                    items.Add(value);
                }
            }
        }

        private void FillTexts(IDictionary<string, string> texts, IConfigurationSection section)
        {
            if (!string.IsNullOrEmpty(section.Value))
            {
                errors.Add(section.Path, $"'{section.Value}' is a single value", "an object: { … }");
                return;
            }

            foreach (var child in section.GetChildren())
            {
                if (Scalar(typeof(string), child, "a text") is string text)
                {
                    texts[child.Key] = text;
                }
            }
        }

        /// <summary>The value of a section that should hold one text; null, with an error, if it does not, and null if it is JSON's null.</summary>
        private object? Scalar(Type type, IConfigurationSection section, string expected)
        {
            if (section.GetChildren().Any())
            {
                errors.Add(section.Path, "an object or a list stands here", expected);
                return null;
            }

            if (section.Value is not { } text)
            {
                return null;
            }

            if (OptionValue.TryConvert(type, text, out var value))
            {
                return value;
            }

            errors.Add(section.Path, $"'{text}' does not fit", expected);
            return null;
        }

        private static string Settings(string written, Type type) => NearestName.OneOf(
            written,
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name));
    }
}
