using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Stitcher.Fragments.Serving;

/// <summary>Checks validation attributes on a handler's parameters, such as <c>[Range(1, 48)] int max</c>.</summary>
internal static class ParameterValidation
{
    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        var rules = factory.MethodInfo.GetParameters()
            .Select(static (parameter, index) => (Index: index, Name: parameter.Name ?? "", Rules: Rules(parameter)))
            .Where(static parameter => parameter.Rules.Length > 0)
            .ToArray();
        var objects = factory.MethodInfo.GetParameters()
            .Select(static (parameter, index) => (Parameter: parameter, Index: index))
            .Where(static pair => pair.Parameter.IsDefined(typeof(AsParametersAttribute)))
            .Select(static pair => pair.Index)
            .ToArray();
        if (rules.Length == 0 && objects.Length == 0)
        {
            return next;
        }

        return async context =>
        {
            var broken = rules
                .SelectMany(parameter => parameter.Rules
                    .Where(rule => !rule.IsValid(context.Arguments[parameter.Index]))
                    .Select(rule => new ValidationResult(rule.FormatErrorMessage(parameter.Name), [parameter.Name])))
                .Concat(objects.SelectMany(index => Broken(context.Arguments[index])))
                .ToArray();
            return broken.Length == 0
                ? await next(context)
                : FragmentResults.BadRequest(string.Join(" ", broken.Select(static result => result.ErrorMessage ?? "A parameter is not valid."))) with
                {
                    Refused = [.. broken.SelectMany(static result => result.MemberNames).Distinct()],
                };
        };
    }

    private static ValidationAttribute[] Rules(ParameterInfo parameter) =>
        parameter.GetCustomAttributes<ValidationAttribute>(inherit: true).ToArray();

    private static List<ValidationResult> Broken(object? parameters)
    {
        if (parameters is null)
        {
            return [];
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(parameters, new ValidationContext(parameters), results, validateAllProperties: true);
        return results;
    }
}
