using System.Text.Json.Nodes;

namespace Stitcher.TestKit;

/// <summary>One package as a service shares it.</summary>
/// <param name="Package">Its name.</param>
/// <param name="Version">The copy that the service brings along; null when it needs somebody else's.</param>
/// <param name="Range">The range it accepts.</param>
/// <param name="Singleton">Two copies in one page would harm each other.</param>
/// <param name="Strict">It must not run outside its range.</param>
/// <param name="Bytes">The length of its one file.</param>
/// <param name="Family">Packages of one family come from one build.</param>
public sealed record SharedRow(string Package, string? Version, string Range, bool Singleton = true, bool Strict = false, int Bytes = 10_240, string? Family = null)
{
    /// <summary>Its file below the manifest's base.</summary>
    public string File => $"{Package.Replace('/', '_')}-{Version ?? "none"}.js";

    internal JsonNode Write()
    {
        var row = new JsonObject
        {
            ["package"] = Package,
            ["requiredVersion"] = Range,
            ["singleton"] = Singleton,
            ["strictVersion"] = Strict,
            ["entries"] = new JsonObject { [Package] = File },
        };
        if (Version is null)
        {
            row["import"] = false;
        }
        else
        {
            row["version"] = Version;
        }

        if (Family is not null)
        {
            row["family"] = Family;
        }

        return row;
    }
}
