using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Stitcher.Fragments.Components;

/// <summary>A property of a component that a fragment's address fills.</summary>
internal sealed class ComponentParameter
{
    private delegate bool Parser(string text, out object? value);

    private readonly bool _isInPath;
    private readonly Parser _parse;
    private readonly ValidationAttribute[] _rules;

    public ComponentParameter(PropertyInfo property, object? initial, RoutePattern pattern)
    {
        Property = property;
        Initial = initial;
        var supplied = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>();
        IsSupplied = supplied is not null;
        var name = supplied?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        _isInPath = pattern.GetParameter(name) is not null;
        var type = property.PropertyType;
        _parse = ParserOf(HandlerSignature.Inner(type));
        _rules = [.. property.GetCustomAttributes<ValidationAttribute>(inherit: true)];
        Described = new FragmentParameter(
            name,
            HandlerSignature.NameOf(type) + HandlerSignature.LimitsOf(property),
            _isInPath,
            IsRequired: _isInPath || property.IsDefined(typeof(EditorRequiredAttribute)),
            _isInPath ? null : HandlerSignature.TextOf(initial))
        {
            ValueType = HandlerSignature.Inner(type),
            Range = property.GetCustomAttribute<RangeAttribute>(),
        };
    }

    public PropertyInfo Property { get; }

    /// <value>True for one that Blazor would take from the page's address, and lets nobody pass.</value>
    public bool IsSupplied { get; }

    /// <value>The value that the component gives it itself.</value>
    public object? Initial { get; }

    public FragmentParameter Described { get; }

    /// <returns>False when the request does not have it.</returns>
    /// <exception cref="BadHttpRequestException">It cannot be read, or is missing and must not be.</exception>
    public bool TryRead(HttpContext context, out object? value)
    {
        var texts = _isInPath
            ? new StringValues(Convert.ToString(context.Request.RouteValues[Described.Name], CultureInfo.InvariantCulture))
            : context.Request.Query[Described.Name];
        value = Initial;
        if (texts.Count == 0)
        {
            return Described.IsRequired
                ? throw new BadHttpRequestException($"Required parameter \"{Described.Name}\" was not provided.")
                : false;
        }

        value = Property.PropertyType.IsArray ? ReadAll(texts) : Read(texts.ToString());
        return true;
    }

    public IEnumerable<string> ProblemsWith(object? value) =>
        _rules.Where(rule => !rule.IsValid(value)).Select(rule => rule.FormatErrorMessage(Described.Name));

    private Array ReadAll(StringValues texts)
    {
        var values = Array.CreateInstance(Property.PropertyType.GetElementType()!, texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            values.SetValue(Read(texts[i] ?? ""), i);
        }

        return values;
    }

    private object? Read(string text) => _parse(text, out var value)
        ? value
        : throw new BadHttpRequestException($"Failed to bind parameter \"{Described.Name}\" from \"{text}\".");

    private static Parser ParserOf(Type type)
    {
        if (type == typeof(string))
        {
            return static (string text, out object? value) =>
            {
                value = text;
                return true;
            };
        }

        return type.IsEnum
            ? (string text, out object? value) => Enum.TryParse(type, text, ignoreCase: false, out value)
            : typeof(ComponentParameter).GetMethod(nameof(TryParse), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).CreateDelegate<Parser>();
    }

    private static bool TryParse<T>(string text, out object? value)
        where T : IParsable<T>
    {
        var isRead = T.TryParse(text, CultureInfo.InvariantCulture, out var parsed);
        value = parsed;
        return isRead;
    }
}
