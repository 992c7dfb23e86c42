using Microsoft.Extensions.Options;

namespace Stitcher.Fragments;

/// <summary>What must hold before a service can publish anything; told all at once.</summary>
internal sealed class FragmentServiceRules : IValidateOptions<FragmentServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, FragmentServiceOptions options)
    {
        var errors = new List<string>();
        if (options.Service.Length is 0 or > 64 || options.Service.Any(static c => c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-')))
        {
            errors.Add(
                $"AddFragments: Service is '{options.Service}'; expected the service's name in 1 to 64 lower-case letters, digits and hyphens.");
        }

        if (!options.AssetBase.StartsWith('/') || !options.AssetBase.EndsWith('/') || options.AssetBase.Contains("..", StringComparison.Ordinal))
        {
            errors.Add($"AddFragments: AssetBase is '{options.AssetBase}'; expected a path that begins and ends with '/', such as /assets/.");
        }

        if (options.Revision is { } revision && string.IsNullOrWhiteSpace(revision))
        {
            errors.Add("AddFragments: Revision is blank; leave it out or give this deployment a name.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
