using System.Buffers.Binary;

namespace Stitcher.Parsing;

/// <summary>
/// Finds what is known about a lower-case ASCII name by its bytes. A dictionary would need a string, and every tag and attribute asks.
/// </summary>
internal sealed class FragmentScannerNames<T>
{
    private readonly record struct Entry(byte[]? Name, T Value);

    private readonly Entry[] _entries;
    private readonly int _shift;

    public FragmentScannerNames(IReadOnlyCollection<KeyValuePair<string, T>> known)
    {
        var bits = 3;
        while (1 << bits < known.Count * 4)
        {
            bits++;
        }

        _entries = new Entry[1 << bits];
        _shift = 64 - bits;
        foreach (var (text, value) in known)
        {
            var name = System.Text.Encoding.ASCII.GetBytes(text);
            var at = PlaceOf(name);
            while (_entries[at].Name is not null)
            {
                at = (at + 1) & (_entries.Length - 1);
            }

            _entries[at] = new Entry(name, value);
        }
    }

    public bool TryGet(ReadOnlySpan<byte> name, out T value)
    {
        var at = PlaceOf(name);
        while (_entries[at] is { Name: { } candidate } entry)
        {
            if (name.SequenceEqual(candidate))
            {
                value = entry.Value;
                return true;
            }

            at = (at + 1) & (_entries.Length - 1);
        }

        value = default!;
        return false;
    }

    // First and last bytes and the length tell HTML's names apart well enough; what collides is compared.
    private int PlaceOf(ReadOnlySpan<byte> name)
    {
        ulong mixed = name.Length switch
        {
            >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(name) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) << 32),
            > 0 => name[0] | ((ulong)name[name.Length / 2] << 8) | ((ulong)name[^1] << 16),
            _ => 0,
        };
        return (int)(((mixed + (ulong)name.Length) * 0x9E37_79B9_7F4A_7C15UL) >> _shift);
    }
}
