using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Stitcher.Fragments.Components;

/// <summary>What a component may be given by its fragment's address; read once, when it is mapped.</summary>
internal sealed class ComponentSignature
{
    private const BindingFlags Properties = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly ImmutableArray<ComponentParameter> _parameters;

    private ComponentSignature(ImmutableArray<ComponentParameter> parameters) => _parameters = parameters;

    public ImmutableArray<FragmentParameter> Parameters => [.. _parameters.Select(static parameter => parameter.Described)];

    /// <exception cref="ArgumentException">The component needs something that an address cannot hold.</exception>
    public static ComponentSignature Of(string fragment, Type component, RoutePattern pattern)
    {
        // Its own values are what a request that says nothing gets.
        var sample = component.GetConstructor(Type.EmptyTypes) is null ? null : Activator.CreateInstance(component);
        var parameters = ImmutableArray.CreateBuilder<ComponentParameter>();
        foreach (var property in component.GetProperties(Properties).Where(IsFromAddress))
        {
            if (HandlerSignature.IsSimple(property.PropertyType))
            {
                parameters.Add(new ComponentParameter(property, sample is null ? null : property.GetValue(sample), pattern));
            }
            else if (property.IsDefined(typeof(EditorRequiredAttribute)))
            {
                throw new ArgumentException(
                    $"The component {component.Name} of fragment '{fragment}' requires {property.Name}, a {property.PropertyType.Name}, which no address can hold; "
                    + "map a handler that has it, and render the component by FragmentResults.ComponentAsync.",
                    nameof(component));
            }
        }

        return new ComponentSignature(parameters.ToImmutable());
    }

    /// <exception cref="BadHttpRequestException">A parameter cannot be read.</exception>
    public ComponentValues Read(HttpContext context)
    {
        var passed = ImmutableDictionary.CreateBuilder<string, object?>();
        var supplied = ImmutableArray.CreateBuilder<(PropertyInfo, object?)>();
        var problems = ImmutableArray.CreateBuilder<string>();
        var refused = ImmutableArray.CreateBuilder<string>();
        foreach (var parameter in _parameters)
        {
            var isThere = parameter.TryRead(context, out var value);
            var said = problems.Count;
            problems.AddRange(parameter.ProblemsWith(value));
            if (problems.Count > said)
            {
                refused.Add(parameter.Described.Name);
            }

            if (isThere && parameter.IsSupplied)
            {
                supplied.Add((parameter.Property, value));
            }
            else if (isThere)
            {
                passed[parameter.Property.Name] = value;
            }
        }

        return new ComponentValues(passed.ToImmutable(), supplied.ToImmutable(), problems.ToImmutable()) { Refused = refused.ToImmutable() };
    }

    private static bool IsFromAddress(PropertyInfo property) => property.CanWrite
        && (property.IsDefined(typeof(SupplyParameterFromQueryAttribute)) || property.GetCustomAttribute<ParameterAttribute>() is { CaptureUnmatchedValues: false });
}
