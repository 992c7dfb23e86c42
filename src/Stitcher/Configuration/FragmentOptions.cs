using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>Where one fragment of a service is.</summary>
public sealed class FragmentOptions
{
    /// <summary>The name that slots use behind the slash: <c>ProductCard</c> in <c>products/ProductCard</c>.</summary>
    /// <value>Required. Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; unique within the service.</value>
    [Required]
    [RegularExpression("[A-Za-z0-9._-]+")]
    public string Name { get; set; } = "";

    /// <summary>The fragment's path on the service, with <c>{name}</c> where a parameter of the slot goes.</summary>
    /// <value>Required. Begins with <c>/</c>; may carry a query string with places in it: <c>/banner.html?size={size}</c>.</value>
    [Required]
    public string Path { get; set; } = "";
}
