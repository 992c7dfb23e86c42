using System.Collections;
using System.Globalization;
using System.Text;
using Stitcher.Fetching;
using Stitcher.Merging;

namespace Stitcher;

/// <summary>What came of a page and of all its slots, nested ones included: the fields of its one log record.</summary>
internal sealed class PageOutcomes : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly int[] _counts = new int[Enum.GetValues<SlotOutcome>().Length];
    private readonly SortedSet<string> _causes = new(StringComparer.Ordinal);
    private readonly StringBuilder _slots = new();
    private readonly List<KeyValuePair<string, object?>> _fields;
    private int _unfinished;

    public PageOutcomes(PageFetch fetch, PageStatus status, TimeSpan duration)
    {
        foreach (var slot in fetch.Plan.Slots)
        {
            Describe(slot.Address, fetch.ResultOf(slot.Index));
        }

        // The names are a contract with those who search logs. The last one is what the record is grouped by.
        _fields =
        [
            new("Page", fetch.Plan.Name),
            new("Status", status.Code),
            new("Milliseconds", Math.Round(duration.TotalMilliseconds, 1)),
            .. Enum.GetValues<SlotOutcome>().Select(outcome => new KeyValuePair<string, object?>(outcome.ToString(), _counts[(int)outcome])),
            new("Unfinished", _unfinished),
            new("Causes", string.Join(", ", _causes)),
            new("Slots", _slots.ToString()),
            new("{OriginalFormat}", "Page {Page} answered {Status}: {Slots}"),
        ];
    }

    public int Count => _fields.Count;

    public KeyValuePair<string, object?> this[int index] => _fields[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Page {_fields[0].Value} answered {_fields[1].Value}: {_slots}");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Describe(string address, FragmentResult? result)
    {
        _slots.Append(_slots.Length > 0 ? "; " : "").Append(address).Append(' ').Append(result is null ? "unfinished" : result.Outcome.Name());
        if (result is null)
        {
            _unfinished++;
            return;
        }

        if (result.Age is { } age)
        {
            _slots.Append(CultureInfo.InvariantCulture, $", {age.TotalSeconds:0} s old");
        }

        if (result.Failure != SlotFailure.None)
        {
            _slots.Append(" (").Append(result.Failure.Name()).Append(": ").Append(result.Detail).Append(')');
        }

        Add(result);
    }

    private void Add(FragmentResult result)
    {
        _counts[(int)result.Outcome]++;
        if (result.Failure != SlotFailure.None)
        {
            _causes.Add(result.Failure.Name());
        }

        foreach (var nested in result.Nested)
        {
            Add(nested.Result);
        }
    }
}
