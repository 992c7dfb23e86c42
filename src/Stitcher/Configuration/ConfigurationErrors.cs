using Microsoft.Extensions.Configuration;

namespace Stitcher.Configuration;

/// <summary>Writes each problem down with the place that a person would open to mend it.</summary>
internal sealed class ConfigurationErrors(IConfiguration configuration, ICollection<string> sentences)
{
    /// <summary>Adds a problem.</summary>
    /// <param name="key">The full path of the key, colons between its parts.</param>
    /// <param name="what">What is wrong, with the offending value.</param>
    /// <param name="expected">What would have been right.</param>
    public void Add(string key, string what, string expected) =>
        sentences.Add(new ConfigurationProblem($"{ConfigurationOrigin.Of(configuration, key)}, {key}", what, expected).ToString());
}
