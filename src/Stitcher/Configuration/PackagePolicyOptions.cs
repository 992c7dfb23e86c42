using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>The operator's wishes for one package that services share.</summary>
public sealed class PackagePolicyOptions
{
    /// <summary>The package.</summary>
    /// <value>Required. An npm name such as <c>svelte</c> or <c>@shop/format</c>.</value>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The version that wins if anybody offers it.</summary>
    /// <value>A version such as <c>5.1.3</c>. Default: none.</value>
    public string? Pin { get; set; }

    /// <summary>The range an offer must be in to win.</summary>
    /// <value>An npm range such as <c>&gt;=3.2.4</c>. Default: none.</value>
    public string? Floor { get; set; }

    /// <summary>What nobody may run.</summary>
    /// <value>Versions or npm ranges. Default: none.</value>
    public IList<string> Ban { get; } = [];

    /// <summary>What becomes of a strict singleton whose range refuses the winner, for this package.</summary>
    /// <value>Default: <see cref="StrictConflict.Default"/>.</value>
    public StrictConflict StrictConflict { get; set; }
}
