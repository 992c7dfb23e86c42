using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stitcher.Parsing;

/// <summary>
/// Tells content from any other, for entity tags. What a page says is partly its reader's own (the words that are looked for), and what has the same tag is
/// shown in each other's place: with a hash for which a second content could be found, anybody could have theirs shown to all. So it is half of a SHA-256.
/// </summary>
internal static class ContentHash
{
    public static UInt128 Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Of several parts in their order, each with a number that belongs to it; where one ends and the next begins counts.</summary>
    public static UInt128 Of(IEnumerable<(ReadOnlyMemory<byte> Content, int Number)> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[2 * sizeof(int)];
        foreach (var (content, number) in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head, content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(int)..], number);
            hash.AppendData(head);
            hash.AppendData(content.Span);
        }

        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(result);
        return BinaryPrimitives.ReadUInt128BigEndian(result);
    }
}
