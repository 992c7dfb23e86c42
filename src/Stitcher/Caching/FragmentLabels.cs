namespace Stitcher.Caching;

/// <summary>By what a remembered fragment can be found for purging, beside its key and its tags.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Fragment">The fragment's name.</param>
/// <param name="Target">The canonical path and query on its service.</param>
/// <param name="Partition">Whose it is; null for what anybody may see.</param>
internal sealed record FragmentLabels(string Service, string Fragment, string Target, string? Partition = null)
{
    public static readonly FragmentLabels None = new("", "", "");
}
