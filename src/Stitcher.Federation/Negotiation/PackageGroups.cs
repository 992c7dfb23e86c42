namespace Stitcher.Federation.Negotiation;

/// <summary>Packages that belong together; at first each stands alone.</summary>
internal sealed class PackageGroups
{
    private readonly Dictionary<UnitKey, UnitKey> _parents;
    private readonly List<UnitKey> _keys;

    public PackageGroups(List<UnitKey> keys)
    {
        _keys = keys;
        _parents = keys.ToDictionary(static key => key);
    }

    public bool Knows(UnitKey key) => _parents.ContainsKey(key);

    public UnitKey Root(UnitKey key)
    {
        var root = key;
        while (_parents[root] != root)
        {
            root = _parents[root];
        }

        while (_parents[key] != root)
        {
            (key, _parents[key]) = (_parents[key], root);
        }

        return root;
    }

    public void Join(IReadOnlyList<UnitKey> keys)
    {
        foreach (var key in keys)
        {
            // The smallest stands for its group, so that the order of joining leaves no trace.
            var (left, right) = (Root(keys[0]), Root(key));
            _parents[left.CompareTo(right) < 0 ? right : left] = left.CompareTo(right) < 0 ? left : right;
        }
    }

    public List<UnitKey> With(UnitKey key) => [.. _keys.Where(other => Root(other) == Root(key))];

    public IEnumerable<List<UnitKey>> All() =>
        _keys.GroupBy(Root).OrderBy(static group => group.Key).Select(static group => group.ToList());
}
