namespace Stitcher.Caching;

/// <summary>
/// Says which fragment makes room next, and counts what all of them take. Each kind in the order of arrival, and what was used since the
/// last look gets another round: nearly the least recently used one, without reordering anything when a page is served. Not safe for
/// several threads at once.
/// </summary>
/// <param name="capacity">The most bytes of all together.</param>
internal sealed class EvictionOrder(long capacity)
{
    private readonly LinkedList<StoredFragment> _vital = [];
    private readonly LinkedList<StoredFragment> _optional = [];
    private long _bytes;
    private long _vitalBytes;

    public long Bytes => Volatile.Read(ref _bytes);

    public int Count => _vital.Count + _optional.Count;

    public void Add(StoredFragment entry)
    {
        entry.Place = (entry.Fragment.IsVital ? _vital : _optional).AddLast(entry);
        Account(entry, entry.Cost);
    }

    public void Remove(StoredFragment entry)
    {
        if (entry.Place is { } place)
        {
            place.List!.Remove(place);
            entry.Place = null;
            Account(entry, -entry.Cost);
        }
    }

    /// <returns>What makes room next, never the one that is excepted; null when there is no other.</returns>
    public StoredFragment? Next(StoredFragment? except)
    {
        var first = _vitalBytes > capacity / 2 ? _vital : _optional;
        return Next(first, except) ?? Next(first == _vital ? _optional : _vital, except);
    }

    private static StoredFragment? Next(LinkedList<StoredFragment> entries, StoredFragment? except)
    {
        // After one round nothing is marked as used any more.
        for (var i = 2 * entries.Count; i > 0; i--)
        {
            var entry = entries.First!.Value;
            if (entry != except && !entry.WasUsed)
            {
                return entry;
            }

            entry.WasUsed = false;
            entries.RemoveFirst();
            entry.Place = entries.AddLast(entry);
        }

        return null;
    }

    private void Account(StoredFragment entry, long bytes)
    {
        Volatile.Write(ref _bytes, _bytes + bytes);
        _vitalBytes += entry.Fragment.IsVital ? bytes : 0;
    }
}
