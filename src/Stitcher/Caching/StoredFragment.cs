namespace Stitcher.Caching;

/// <summary>A place in the store.</summary>
/// <param name="key">Its key.</param>
/// <param name="fragment">What stands in it.</param>
internal sealed class StoredFragment(string key, CachedFragment fragment)
{
    // The table's node, the list's node and this object.
    private const long Own = 192;

    public string Key => key;

    public CachedFragment Fragment => fragment;

    /// <summary>Bytes, key and metadata included.</summary>
    public long Cost { get; } = fragment.Cost + Own + (key.Length * sizeof(char));

    /// <summary>Somebody wanted it since it was last looked at for making room.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Where it stands in the order of making room; null when it stands nowhere.</summary>
    public LinkedListNode<StoredFragment>? Place { get; set; }
}
