namespace Stitcher.Configuration;

/// <summary>The rules on how services are told who asks.</summary>
internal static class IdentityRules
{
    // A token travels with every request of a user.
    private const int MostClaims = 16;

    private const string Reference = "'env:' and the name of an environment variable, or 'file:' and an absolute path, which leads to a private P-256 key in PEM or to at least 32 bytes in base64";

    public static void Check(StitcherOptions options, OptionsCheck check)
    {
        var identity = options.Identity;
        var key = OptionsCheck.Key("Identity");
        check.Ranges(identity, key);
        check.IsGiven(identity.Issuer, key + ":Issuer", "a name, such as 'stitcher'");
        check.IsGiven(identity.SubjectClaim, key + ":SubjectClaim", "a claim type, such as 'sub'");
        check.IsGiven(identity.SessionClaim, key + ":SessionClaim", "a claim type, such as 'sid'");
        CheckKey(options, key + ":Key", check);
        foreach (var (service, serviceKey) in check.Items(options.Services, OptionsCheck.Key("Services")))
        {
            CheckClaims(service.Identity, serviceKey + ":Identity:Claims", check);
        }
    }

    private static void CheckKey(StitcherOptions options, string key, OptionsCheck check)
    {
        if (string.IsNullOrWhiteSpace(options.Identity.Key))
        {
            if (options.Services.FirstOrDefault(service => service.Identity.Send) is { } service)
            {
                check.Add(key, $"is missing, and service '{service.Name}' is to be told who asks", Reference);
            }
        }
        else if (IdentityKey.Read(options.Identity.Key, out var complaint) is null)
        {
            check.Add(key, complaint!, Reference);
        }
    }

    private static void CheckClaims(ServiceIdentityOptions identity, string key, OptionsCheck check)
    {
        if (identity.Claims.Count > MostClaims)
        {
            check.Add(key, $"{identity.Claims.Count} claims", $"at most {MostClaims}");
        }

        for (var i = 0; i < identity.Claims.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(identity.Claims[i]) || identity.Claims[i] is "iss" or "aud" or "sub" or "sid" or "exp" or "nbf" or "iat" or "jti")
            {
                check.Add($"{key}:{i}", $"'{identity.Claims[i]}' is what the gateway itself says in a token", "another claim type, such as 'name'");
            }
        }
    }
}
