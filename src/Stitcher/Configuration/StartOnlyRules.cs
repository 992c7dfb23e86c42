using Microsoft.Extensions.Configuration;

namespace Stitcher.Configuration;

/// <summary>
/// Options that are taken once, when the host starts: a listener cannot move and a store cannot shrink under those who use them. A change of them while
/// the host runs is refused, for a gateway that took the rest of it would not be what its settings say.
/// </summary>
internal static class StartOnlyRules
{
    /// <summary>Checks changed options against those in force.</summary>
    public static void Check(StitcherOptions changed, StitcherOptions inForce, IConfiguration configuration, ICollection<string> errors)
    {
        var found = new ConfigurationErrors(configuration, errors);
        Same("Management:Url", options => options.Management.Url);
        Same("AllowedAddresses", options => string.Join(", ", options.AllowedAddresses));
        Same("Limits:ConnectTime", options => options.Limits.ConnectTime);
        Same("Limits:ConnectionLifetime", options => options.Limits.ConnectionLifetime);
        Same("Limits:ConnectionIdle", options => options.Limits.ConnectionIdle);
        Same("Limits:ResponseHeaderBytes", options => options.Limits.ResponseHeaderBytes);
        Same("Drain:Delay", options => options.Drain.Delay);
        Same("Drain:Finish", options => options.Drain.Finish);
        Same("RateLimit:Requests", options => options.RateLimit.Requests);
        Same("RateLimit:Forms", options => options.RateLimit.Forms);
        Same("RateLimit:Window", options => options.RateLimit.Window);
        Same("KnownProxies", options => string.Join(", ", options.KnownProxies));
        Same("Cache:Bytes", options => options.Cache.Bytes);
        Same("Cache:Entries", options => options.Cache.Entries);
        Same("Cache:LongestFreshness", options => options.Cache.LongestFreshness);
        Same("Cache:StaleWhileRevalidate", options => options.Cache.StaleWhileRevalidate);
        Same("Cache:StaleIfError", options => options.Cache.StaleIfError);
        Same("Cache:FailureMemory", options => options.Cache.FailureMemory);
        Same("Federation:StateFolder", options => options.Federation.StateFolder ?? "");
        Same("Federation:KeptAssetBytes", options => options.Federation.KeptAssetBytes);
        Same("Session:CookieName", options => options.Session.CookieName);
        Same("Session:Lifetime", options => options.Session.Lifetime);
        Same("Session:LongestLifetime", options => options.Session.LongestLifetime);
        Same("Session:KeyFolder", options => options.Session.KeyFolder ?? "");
        Same("Redis:Prefix", options => options.Redis.Prefix);
        Same("Redis:OperationTimeout", options => options.Redis.OperationTimeout);
        Same("Redis:EntryBytes", options => options.Redis.EntryBytes);
        Same("Redis:PurgeCheck", options => options.Redis.PurgeCheck);
        SameSecret("Redis:Configuration", options => options.Redis.Configuration);
        SameSecret("Redis:SigningKey", options => options.Redis.SigningKey);

        void Same(string option, Func<StitcherOptions, object> valueOf)
        {
            var (now, then) = (OptionValue.Format(valueOf(changed)), OptionValue.Format(valueOf(inForce)));
            if (now != then)
            {
                found.Add(OptionsCheck.Key(option), $"'{now}' differs from the '{then}' that the host started with", "a restart of the host, or the value it started with");
            }
        }

        // Not told what it is: somebody may have written the secret itself.
        void SameSecret(string option, Func<StitcherOptions, string?> valueOf)
        {
            if (valueOf(changed) != valueOf(inForce))
            {
                found.Add(OptionsCheck.Key(option), "differs from what the host started with", "a restart of the host, or the value it started with");
            }
        }
    }
}
