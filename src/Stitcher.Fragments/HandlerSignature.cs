using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Stitcher.Fragments;

/// <summary>Reads a handler's signature when it is mapped.</summary>
internal static class HandlerSignature
{
    public static void CheckResult(string fragment, MethodInfo method)
    {
        var type = method.ReturnType;
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            type = type.GetGenericArguments()[0];
        }

        if (type != typeof(FragmentMarkup) && type != typeof(FragmentResult))
        {
            throw new ArgumentException(
                $"The handler of fragment '{fragment}' returns {type.Name}; expected FragmentMarkup or FragmentResult, or a task of one of them.",
                nameof(method));
        }
    }

    /// <summary>The parameters a caller may write: from the path and the query, not from services or headers.</summary>
    public static ImmutableArray<FragmentParameter> Parameters(MethodInfo method, RoutePattern pattern) =>
        [.. method.GetParameters().SelectMany(parameter => Parameters(parameter, pattern))];

    private static IEnumerable<FragmentParameter> Parameters(ParameterInfo parameter, RoutePattern pattern)
    {
        if (parameter.IsDefined(typeof(AsParametersAttribute)))
        {
            var constructor = parameter.ParameterType.GetConstructors().MaxBy(static candidate => candidate.GetParameters().Length);
            return constructor is { } found && found.GetParameters().Length > 0
                ? found.GetParameters().SelectMany(inner => Parameters(inner, pattern))
                : parameter.ParameterType.GetProperties()
                    .Where(static property => property.CanWrite && IsSimple(property.PropertyType))
                    .Select(property => new FragmentParameter(
                        property.Name, NameOf(property.PropertyType), pattern.GetParameter(property.Name) is not null, IsRequired: false, Default: null));
        }

        var isElsewhere = parameter.GetCustomAttributes().Any(static attribute => attribute is IFromServiceMetadata or IFromHeaderMetadata);
        if (isElsewhere || !IsSimple(parameter.ParameterType))
        {
            return [];
        }

        var name = parameter.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name ?? "";
        var mayBeMissing = parameter.HasDefaultValue
            || parameter.ParameterType.IsArray
            || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        var fallback = parameter.HasDefaultValue ? TextOf(parameter.DefaultValue) : null;
        return [new(name, NameOf(parameter.ParameterType) + LimitsOf(parameter), pattern.GetParameter(name) is not null, !mayBeMissing, fallback)
        {
            ValueType = Inner(parameter.ParameterType),
            Range = parameter.GetCustomAttribute<RangeAttribute>(),
        }];
    }

    /// <summary>A value as it stands in an address.</summary>
    public static string? TextOf(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        Array => null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The range of a parameter or property, to be read behind its type; empty when it has none.</summary>
    public static string LimitsOf(ICustomAttributeProvider parameter) =>
        parameter.GetCustomAttributes(typeof(RangeAttribute), inherit: true) is [RangeAttribute range, ..]
            ? string.Create(CultureInfo.InvariantCulture, $" {range.Minimum} to {range.Maximum}")
            : "";

    /// <summary>Whether an address can hold a value of the type.</summary>
    public static bool IsSimple(Type type)
    {
        var inner = Inner(type);
        return inner == typeof(string) || inner.IsEnum
            || (inner.IsValueType && inner != typeof(CancellationToken) && typeof(IFormattable).IsAssignableFrom(inner))
            || inner == typeof(bool)
            || inner.GetInterfaces().Any(static face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>));
    }

    /// <summary>The type of one value: without null, and of a list's element.</summary>
    public static Type Inner(Type type)
    {
        var element = type.IsArray ? type.GetElementType() ?? type : type;
        return Nullable.GetUnderlyingType(element) ?? element;
    }

    /// <summary>What people call the type.</summary>
    public static string NameOf(Type type)
    {
        var inner = Inner(type);
        var name = inner switch
        {
            _ when inner.IsEnum => string.Join('|', Enum.GetNames(inner)),
            _ when inner == typeof(int) || inner == typeof(long) => "whole number",
            _ when inner == typeof(decimal) || inner == typeof(double) || inner == typeof(float) => "number",
            _ when inner == typeof(bool) => "true|false",
            _ when inner == typeof(string) => "text",
            _ => inner.Name,
        };
        return type.IsArray ? $"{name}, may repeat" : name;
    }
}
