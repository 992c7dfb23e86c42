using System.Globalization;
using System.Runtime.InteropServices;
using Stitcher.Parsing;

namespace Stitcher.Merging;

/// <summary>Makes a page's entity tag of the hashes of its parts.</summary>
/// <param name="parts">Room for those that wait to be hashed together: hashing many at once costs little more than one.</param>
internal ref struct PageTag(Span<UInt128> parts)
{
    private readonly Span<UInt128> _parts = parts;
    private int _count;

    public void Add(UInt128 part)
    {
        if (_count == _parts.Length)
        {
            _parts[0] = ContentHash.Of(MemoryMarshal.AsBytes(_parts));
            _count = 1;
        }

        _parts[_count++] = part;
    }

    /// <returns>Weak: the same page compressed is another row of bytes.</returns>
    public readonly string Make() => string.Create(CultureInfo.InvariantCulture, $"W/\"{ContentHash.Of(MemoryMarshal.AsBytes(_parts[.._count])):x32}\"");
}
