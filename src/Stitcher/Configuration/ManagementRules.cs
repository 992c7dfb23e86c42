using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Stitcher.Configuration;

/// <summary>The rules on the management listener.</summary>
internal static class ManagementRules
{
    private const string Expected = "an address with scheme, host and port, such as 'http://127.0.0.1:3001'";

    public static void Check(ManagementOptions management, IConfiguration configuration, OptionsCheck check)
    {
        var key = OptionsCheck.Key("Management:Url");
        if (!check.IsGiven(management.Url, key, Expected))
        {
            return;
        }

        if (Complaint(management.Url) is { } complaint)
        {
            check.Add(key, $"'{management.Url}' {complaint}", Expected);
            return;
        }

        // Two listeners on one port would make the management paths public, or the host fail with a less helpful sentence. The host may have put
        // the management address itself among the addresses to listen on, once.
        var port = new Uri(management.Url).Port;
        var same = Addresses(configuration).Where(address => address.Port == port).ToList();
        same.Remove(BindingAddress.Parse(management.Url));
        if (same.Count > 0)
        {
            check.Add(key, $"'{management.Url}' has the port of the public address", "a port of its own");
        }
    }

    private static string? Complaint(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return "is not an http or https address";
        }

        if (uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
        {
            return "has a path";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "has a user name";
        }

        // Which listener took a request is told by its port, so the port must be known before the host listens.
        return uri.Port != 0 && url.TrimEnd('/').EndsWith(":" + uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? null
            : "has no port";
    }

    private static IEnumerable<BindingAddress> Addresses(IConfiguration configuration)
    {
        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>());
        foreach (var url in urls)
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                // Not ours to judge: the server refuses it with its own sentence.
                continue;
            }

            yield return address;
        }
    }
}
