namespace Stitcher.Configuration;

/// <summary>The configuration or a layout cannot be used. Carries every error found, not only the first.</summary>
public sealed class StitcherConfigurationException : Exception
{
    /// <summary>Creates the exception from the errors.</summary>
    /// <param name="errors">One sentence each: what is wrong, where (file and key path or line), what was expected.</param>
    public StitcherConfigurationException(IReadOnlyList<string> errors)
        : base(Describe(errors ?? throw new ArgumentNullException(nameof(errors)))) => Errors = errors;

    /// <summary>Every error, in the order in which the configuration was read.</summary>
    public IReadOnlyList<string> Errors { get; }

    private static string Describe(IReadOnlyList<string> errors) =>
        $"Stitcher cannot start: {errors.Count} configuration error{(errors.Count == 1 ? "" : "s")}.\n"
        + string.Join('\n', errors.Select(e => "  - " + e));
}
