using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>Says who may serve a package to others. A service may always run its own copy.</summary>
public sealed class ProviderRuleOptions
{
    /// <summary>The package.</summary>
    /// <value>Required. A name; a <c>*</c> at its end stands for any rest (<c>@shop/*</c>).</value>
    [Required]
    public string Package { get; set; } = "";

    /// <summary>The services that may.</summary>
    /// <value>Names of services. Default: none, every service that needs the package runs its own copy.</value>
    public IList<string> Allow { get; } = [];
}
