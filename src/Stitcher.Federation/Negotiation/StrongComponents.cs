namespace Stitcher.Federation.Negotiation;

/// <summary>Finds what requires each other. Tarjan's algorithm with a stack of its own: a manifest may chain thousands of packages.</summary>
internal sealed class StrongComponents
{
    private readonly SortedDictionary<UnitKey, SortedSet<UnitKey>> _edges;
    private readonly Dictionary<UnitKey, (int Index, int Low)> _numbers = [];
    private readonly HashSet<UnitKey> _open = [];
    private readonly Stack<UnitKey> _path = new();
    private readonly List<List<UnitKey>> _found = [];

    private StrongComponents(SortedDictionary<UnitKey, SortedSet<UnitKey>> edges) => _edges = edges;

    public static IReadOnlyList<List<UnitKey>> Of(SortedDictionary<UnitKey, SortedSet<UnitKey>> edges)
    {
        var search = new StrongComponents(edges);
        foreach (var key in edges.Keys)
        {
            if (!search._numbers.ContainsKey(key))
            {
                search.Visit(key);
            }
        }

        return search._found;
    }

    private void Visit(UnitKey start)
    {
        var calls = new Stack<(UnitKey Key, IEnumerator<UnitKey> Next)>();
        calls.Push(Enter(start));
        while (calls.TryPeek(out var call))
        {
            if (call.Next.MoveNext())
            {
                var next = call.Next.Current;
                if (!_numbers.TryGetValue(next, out var known))
                {
                    calls.Push(Enter(next));
                }
                else if (_open.Contains(next))
                {
                    Lower(call.Key, known.Index);
                }

                continue;
            }

            calls.Pop();
            Leave(call.Key);
            if (calls.TryPeek(out var caller))
            {
                Lower(caller.Key, _numbers[call.Key].Low);
            }
        }
    }

    private (UnitKey, IEnumerator<UnitKey>) Enter(UnitKey key)
    {
        _numbers.Add(key, (_numbers.Count, _numbers.Count));
        _path.Push(key);
        _open.Add(key);
        return (key, _edges.TryGetValue(key, out var next) ? next.GetEnumerator() : Enumerable.Empty<UnitKey>().GetEnumerator());
    }

    private void Lower(UnitKey key, int low)
    {
        var (index, before) = _numbers[key];
        _numbers[key] = (index, Math.Min(before, low));
    }

    private void Leave(UnitKey key)
    {
        if (_numbers[key].Index != _numbers[key].Low)
        {
            return;
        }

        var component = new List<UnitKey>();
        UnitKey member;
        do
        {
            member = _path.Pop();
            _open.Remove(member);
            component.Add(member);
        }
        while (member != key);
        component.Sort();
        _found.Add(component);
    }
}
