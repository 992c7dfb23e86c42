using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stitcher.Configuration;

namespace Stitcher.Tests.Configuration;

/// <summary>
/// Makes the JSON schema of the settings file from the option types: names and kinds by reflection, defaults from new objects, ranges from the attributes
/// that the rules enforce, descriptions from the XML documentation.
/// </summary>
internal static partial class OptionsSchema
{
    private const string Time = @"^(\d+(\.\d+)?(ms|s|m|h|d)|(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)$";

    private static readonly Dictionary<string, XElement> Documentation =
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Stitcher.xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Settings of a host that composes pages with Stitcher",
            ["type"] = "object",
            ["properties"] = new JsonObject { [StitcherOptions.SectionName] = Object(new StitcherOptions(), Text("T:" + typeof(StitcherOptions).FullName)) },
        };
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return schema.ToJsonString(options).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Object(object options, string description)
    {
        var properties = new JsonObject();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            properties[property.Name] = Property(property, property.GetValue(options));
        }

        return new JsonObject { ["description"] = description, ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    private static JsonObject Property(PropertyInfo property, object? value)
    {
        var description = Text($"P:{property.DeclaringType!.FullName}.{property.Name}");
        var type = property.PropertyType;
        if (OptionValue.IsScalar(type))
        {
            return Scalar(property, value, description);
        }

        return value switch
        {
            IList items => List(type.GetGenericArguments()[0], items, description),
            IDictionary<string, string> => new JsonObject { ["description"] = description, ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            _ => Object(value!, description),
        };
    }

    private static JsonObject List(Type item, IList defaults, string description)
    {
        var list = new JsonObject
        {
            ["description"] = description,
            ["type"] = "array",
            ["items"] = item == typeof(string)
                ? new JsonObject { ["type"] = "string" }
                : Object(Activator.CreateInstance(item)!, Text("T:" + item.FullName)),
        };
        if (defaults.Count > 0)
        {
            list["default"] = new JsonArray([.. defaults.Cast<string>().Select(text => (JsonNode)text)]);
        }

        return list;
    }

    private static JsonObject Scalar(PropertyInfo property, object? value, string description)
    {
        var type = property.PropertyType;
        var bounds = OptionValue.Bounds(property);
        var schema = new JsonObject { ["description"] = description };
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            schema["description"] = description + "\n" + string.Join('\n', names.Select(name => $"{name}: {Text($"F:{type.FullName}.{name}")}"));
            schema["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
            schema["default"] = value!.ToString();
        }
        else if (type == typeof(TimeSpan))
        {
            schema["type"] = "string";
            schema["pattern"] = Time;
            schema["default"] = OptionValue.Format(value!);
        }
        else if (type == typeof(int) || type == typeof(long))
        {
            schema["type"] = "integer";
            schema["minimum"] = Convert.ToInt64(bounds!.Value.Smallest, null);
            schema["maximum"] = Convert.ToInt64(bounds.Value.Largest, null);
            schema["default"] = Convert.ToInt64(value, null);
        }
        else if (type == typeof(bool))
        {
            schema["type"] = "boolean";
            schema["default"] = (bool)value!;
        }
        else
        {
            schema["type"] = "string";
            if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } rule)
            {
                schema["pattern"] = $"^(?:{rule.Pattern})$";
            }

            if (value is string { Length: > 0 } text)
            {
                schema["default"] = text;
            }
        }

        return schema;
    }

    /// <summary>Summary and value of a documented member as plain text.</summary>
    private static string Text(string member) =>
        string.Join(' ', new[] { "summary", "value" }.Select(name => Documentation[member].Element(name)).OfType<XElement>().Select(Plain));

    private static string Plain(XElement element) =>
        Spaces().Replace(string.Concat(element.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement reference => reference.Attribute("cref")!.Value.Split('.')[^1],
            _ => "",
        })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
