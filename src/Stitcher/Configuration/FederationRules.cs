using Stitcher.Federation.Versions;

namespace Stitcher.Configuration;

/// <summary>The rules on the federation's options.</summary>
internal static class FederationRules
{
    public static void Check(StitcherOptions options, OptionsCheck check)
    {
        var federation = options.Federation;
        var services = options.Services.Select(service => service.Name).ToArray();
        var key = OptionsCheck.Key("Federation");
        check.Ranges(federation, key);
        if (federation.StateFolder is { } folder && !PageRules.IsFolder(folder))
        {
            check.Add(key + ":StateFolder", $"'{folder}' is no folder", "a folder that this gateway alone writes to, such as '/var/lib/stitcher'");
        }

        if (federation.Host is { } host)
        {
            CheckService(host, key + ":Host", services, check);
        }

        var named = new List<(string, string, string)>();
        foreach (var (package, packageKey) in check.Items(federation.Packages, key + ":Packages"))
        {
            CheckPackage(package, packageKey, named, check);
        }

        check.Unique(named, "one entry for each package");
        foreach (var (rule, ruleKey) in check.Items(federation.Providers, key + ":Providers"))
        {
            check.IsGiven(rule.Package, ruleKey + ":Package", "a package, such as 'svelte' or '@shop/*'");
            for (var i = 0; i < rule.Allow.Count; i++)
            {
                CheckService(rule.Allow[i], $"{ruleKey}:Allow:{i}", services, check);
            }
        }

        foreach (var (page, pageKey) in check.Items(options.Pages, OptionsCheck.Key("Pages")))
        {
            for (var i = 0; i < page.Imports.Count; i++)
            {
                CheckService(page.Imports[i], $"{pageKey}:Imports:{i}", services, check);
            }
        }
    }

    // A floor that is overlooked because of a slip of the pen would be worse than a file that is refused.
    private static void CheckPackage(PackagePolicyOptions package, string key, List<(string, string, string)> named, OptionsCheck check)
    {
        if (check.IsGiven(package.Name, key + ":Name", "a package, such as 'svelte' or '@shop/format'"))
        {
            named.Add((package.Name, package.Name, key + ":Name"));
        }

        if (package.Pin is { } pin && !PackageVersion.TryParse(pin, out _))
        {
            check.Add(key + ":Pin", $"'{pin}' is no version", "a version such as '5.1.3'");
        }

        if (package.Floor is { } floor)
        {
            CheckRange(floor, key + ":Floor", check);
        }

        for (var i = 0; i < package.Ban.Count; i++)
        {
            CheckRange(package.Ban[i], $"{key}:Ban:{i}", check);
        }
    }

    private static void CheckRange(string range, string key, OptionsCheck check)
    {
        if (!VersionRange.TryParseNpm(range, out _))
        {
            check.Add(key, $"'{range}' is no npm range", "a range such as '>=3.2.4'");
        }
    }

    private static void CheckService(string name, string key, string[] services, OptionsCheck check)
    {
        if (!services.Contains(name, StringComparer.Ordinal))
        {
            check.Add(key, $"there is no service '{name}'", services.Length == 0 ? "a name of Stitcher:Services, which is empty" : NearestName.OneOf(name, services));
        }
    }
}
