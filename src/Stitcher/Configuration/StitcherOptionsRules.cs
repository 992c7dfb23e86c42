namespace Stitcher.Configuration;

/// <summary>The rules on single options and between them. Every one that is broken is told, not only the first.</summary>
internal static class StitcherOptionsRules
{
    /// <summary>Checks the options.</summary>
    /// <param name="options">What <see cref="StitcherOptionsReader"/> read.</param>
    /// <param name="context">The host around the options.</param>
    /// <param name="errors">Receives one sentence for each rule that is broken.</param>
    public static void Check(StitcherOptions options, ConfigurationContext context, ICollection<string> errors)
    {
        var check = new OptionsCheck(context.Configuration, new ConfigurationErrors(context.Configuration, errors));

        if (!PageRules.IsFolder(options.LayoutRoot))
        {
            check.Add(OptionsCheck.Key("LayoutRoot"), $"'{options.LayoutRoot}' is no folder", "the folder of the layouts, such as 'layouts'");
        }

        ServiceRules.Check(options.Services, context.Clusters, check);
        foreach (var (service, key) in check.Items(options.Services, OptionsCheck.Key("Services")))
        {
            ForwardRules.Check(service.Forward, key + ":Forward", context.SessionCookies, check);
        }

        IdentityRules.Check(options, check);
        PageRules.Check(options.Pages, context.RouteConstraints, check);
        ErrorPageRules.Check(options.ErrorPages, check);
        ManagementRules.Check(options.Management, context.Configuration, check);
        ManagementTokenRules.Check(options, context, check);
        DiagnosticsRules.Check(options.Diagnostics, check);
        PolicySourceRules.CheckOrigins(options.AssetOrigins, OptionsCheck.Key("AssetOrigins"), check);
        AllowedAddress.Check(options.AllowedAddresses, OptionsCheck.Key("AllowedAddresses"), check);
        check.Ranges(options.Limits, OptionsCheck.Key("Limits"));
        EdgeRules.Check(options, context.Configuration, check);
        check.Ranges(options.Cache, OptionsCheck.Key("Cache"));
        RedisRules.Check(options.Redis, check);
        FederationRules.Check(options, check);
        SessionRules.Check(options, context, check);
    }
}
