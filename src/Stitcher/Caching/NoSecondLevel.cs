namespace Stitcher.Caching;

/// <summary>A gateway that shares its cache with no other.</summary>
internal sealed class NoSecondLevel : ISecondLevel
{
    public bool IsPresent => false;

    public ValueTask<SecondLevelFind> FindAsync(string key, FragmentLabels labels, CancellationToken cancellationToken) => default;

    public void Keep(string key, KeptAnswer answer, long generation)
    {
    }

    public ValueTask PurgeAsync(PurgeScope scope, bool soft, CancellationToken cancellationToken) => default;
}
