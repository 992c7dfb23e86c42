namespace Stitcher.Fragments;

/// <summary>What a service says about itself when it publishes fragments.</summary>
public sealed class FragmentServiceOptions
{
    /// <value>The service's name as gateways know it: 1 to 64 lower-case letters, digits and hyphens. Required.</value>
    public string Service { get; set; } = "";

    /// <value>
    /// Names this deployment. Default: made of the program's module version id and the bytes of the published assets,
    /// so that equal deployments have equal names and every change makes a new one.
    /// </value>
    public string? Revision { get; set; }

    /// <value>The path under which the service's files are served: begins and ends with a slash. Default <c>/assets/</c>.</value>
    public string AssetBase { get; set; } = "/assets/";
}
