using Microsoft.Extensions.Hosting;

namespace Stitcher.Configuration;

/// <summary>The rules on sessions and on who may make them.</summary>
internal static class SessionRules
{
    public static void Check(StitcherOptions options, ConfigurationContext context, OptionsCheck check)
    {
        var (session, key) = (options.Session, OptionsCheck.Key("Session"));
        check.Ranges(session, key);
        if (check.IsName(session, nameof(session.CookieName), key + ":CookieName", "letters, digits, '.', '_' and '-', such as 'stitcher.session'") && CookieName.IsReserved(session.CookieName))
        {
            check.Add(key + ":CookieName", $"'{session.CookieName}' begins with a prefix that is put there by itself over https", "a name without '__Host-' and '__Secure-'");
        }

        if (session.LongestLifetime < session.Lifetime)
        {
            check.Add(
                key + ":LongestLifetime",
                $"'{Duration.Format(session.LongestLifetime)}' is less than Lifetime, '{Duration.Format(session.Lifetime)}'",
                "a time that is not less than Lifetime");
        }

        if (session.KeyFolder is { } folder && !PageRules.IsFolder(folder))
        {
            check.Add(key + ":KeyFolder", $"'{folder}' is no folder", "a folder that outlives the gateway, such as '/var/lib/stitcher/keys'");
        }

        CheckSigningIn(options, context, check);
        PolicySourceRules.CheckFormOrigins(options.FormOrigins, OptionsCheck.Key("FormOrigins"), check);
    }

    private static void CheckSigningIn(StitcherOptions options, ConfigurationContext context, OptionsCheck check)
    {
        foreach (var (service, serviceKey) in check.Items(options.Services, OptionsCheck.Key("Services")).Where(pair => pair.Item.SignsIn))
        {
            if (context.SessionCookies.Count == 0)
            {
                check.Add(serviceKey + ":SignsIn", $"the host has no sessions that service '{service.Name}' could make", "AddStitcherSession, or a cookie authentication of the host's own");
            }
            else if (options.Session.KeyFolder is null && context.OwnsSessions && context.EnvironmentName.Equals(Environments.Production, StringComparison.OrdinalIgnoreCase))
            {
                check.Add(
                    OptionsCheck.Key("Session:KeyFolder"),
                    $"is missing in the environment 'Production', and service '{service.Name}' signs users in: sessions would end with this process, and no other gateway could read them",
                    "a folder that outlives the gateway and that all gateways share, such as '/var/lib/stitcher/keys'");
                return;
            }
        }
    }
}
