using Microsoft.AspNetCore.Routing.Patterns;

namespace Stitcher.Configuration;

/// <summary>The rules on services and their fragments.</summary>
internal static class ServiceRules
{
    private const string ServiceName = "a name of lower-case letters, digits and hyphens";
    private const string FragmentName = "a name of letters, digits, '-', '_' and '.'";
    private const string OwnName = "a name of its own";

    public static void Check(IEnumerable<ServiceOptions> services, IReadOnlyCollection<string> clusters, OptionsCheck check)
    {
        var items = check.Items(services, OptionsCheck.Key("Services")).ToArray();
        var named = new List<(string, string, string)>();
        foreach (var (service, key) in items)
        {
            if (check.IsName(service, nameof(service.Name), key + ":Name", ServiceName))
            {
                named.Add((service.Name, service.Name, key + ":Name"));
            }

            CheckCluster(service, key, clusters, check);
            CheckManifest(service, key, check);
            CheckFragments(service, key, check);
            CheckAssets(service, key, check);
            PolicySourceRules.CheckHashes(service.ScriptHashes, key + ":ScriptHashes", check);
            CheckCookies(service, key, check);
            CheckResilience(service.Resilience, key + ":Resilience", check);
        }

        check.Unique(named, OwnName);
    }

    private static void CheckCluster(ServiceOptions service, string key, IReadOnlyCollection<string> clusters, OptionsCheck check)
    {
        var cluster = string.IsNullOrWhiteSpace(service.Cluster) ? service.Name : service.Cluster;
        if (string.IsNullOrWhiteSpace(cluster) || clusters.Contains(cluster, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var what = ReferenceEquals(cluster, service.Name)
            ? $"there is no cluster '{cluster}' in the reverse proxy, and the service names no other"
            : $"there is no cluster '{cluster}' in the reverse proxy";
        var expected = clusters.Count == 0 ? "a key of ReverseProxy:Clusters, which is empty" : NearestName.OneOf(cluster, clusters);
        check.Add(key + ":Cluster", what, expected);
    }

    private static void CheckManifest(ServiceOptions service, string key, OptionsCheck check)
    {
        if (service.Manifest is { } manifest && ServicePath.Complaint(manifest, places: false) is { } complaint)
        {
            check.Add(key + ":Manifest", $"'{manifest}' {complaint}", "a path on the service, such as '/.well-known/stitcher.json'");
        }
    }

    private static void CheckFragments(ServiceOptions service, string key, OptionsCheck check)
    {
        var named = new List<(string, string, string)>();
        foreach (var (fragment, fragmentKey) in check.Items(service.Fragments, key + ":Fragments"))
        {
            if (check.IsName(fragment, nameof(fragment.Name), fragmentKey + ":Name", FragmentName))
            {
                named.Add((fragment.Name, fragment.Name, fragmentKey + ":Name"));
            }

            const string expected = "a path on the service, such as '/banner.html?size={size}'";
            if (check.IsGiven(fragment.Path, fragmentKey + ":Path", expected)
                && ServicePath.Complaint(fragment.Path, places: true) is { } complaint)
            {
                check.Add(fragmentKey + ":Path", $"'{fragment.Path}' {complaint}", expected);
            }
        }

        check.Unique(named, OwnName);
    }

    private static void CheckCookies(ServiceOptions service, string key, OptionsCheck check)
    {
        var index = 0;
        foreach (var name in service.SetCookies)
        {
            var cookieKey = $"{key}:SetCookies:{index++}";
            if (!CookieName.IsToken(name))
            {
                check.Add(cookieKey, $"'{name}' is no name of a cookie", "letters, digits and hyphens, such as 'basket'");
            }
            else if (CookieName.IsReserved(name))
            {
                check.Add(cookieKey, $"'{name}' begins with a prefix that is the gateway's own", "a name without '__Host-' and '__Secure-'");
            }
        }
    }

    private static void CheckResilience(ResilienceOptions resilience, string key, OptionsCheck check)
    {
        check.Ranges(resilience, key);
        check.Ranges(resilience.Circuit, key + ":Circuit");
        if (resilience.Circuit.LongestBreak < resilience.Circuit.FirstBreak)
        {
            check.Add(
                key + ":Circuit:LongestBreak",
                $"'{Duration.Format(resilience.Circuit.LongestBreak)}' is less than FirstBreak, '{Duration.Format(resilience.Circuit.FirstBreak)}'",
                "a time that is not less than FirstBreak");
        }
    }

    private static void CheckAssets(ServiceOptions service, string key, OptionsCheck check)
    {
        const string expected = "a route pattern that begins with '/', such as '/assets/{**path}'";
        var index = 0;
        foreach (var pattern in service.Assets)
        {
            var assetKey = $"{key}:Assets:{index++}";
            if (!pattern.StartsWith('/'))
            {
                check.Add(assetKey, $"'{pattern}' does not begin with '/'", expected);
                continue;
            }

            try
            {
                RoutePatternFactory.Parse(pattern);
            }
            catch (RoutePatternException e)
            {
                check.Add(assetKey, $"'{pattern}' is no route pattern ({e.Message.TrimEnd('.')})", expected);
            }
        }
    }
}
