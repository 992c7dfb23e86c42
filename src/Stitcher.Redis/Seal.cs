using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Stitcher.Configuration;

namespace Stitcher.Redis;

/// <summary>
/// What ends everything that is put into Redis, so that damage is noticed: a checksum (CRC-32C) or, with a signing key, a signature
/// (HMAC-SHA-256) that nobody can make without the key. It covers the place as well: what was made for one place is worth nothing in another.
/// </summary>
internal sealed class Seal
{
    private const int ChecksumLength = sizeof(uint);

    private readonly byte[]? _key;

    /// <param name="key">The signing key; null for a checksum.</param>
    public Seal(byte[]? key) => _key = key;

    public Seal(RedisOptions options)
        : this(options.SigningKey is { Length: > 0 } reference ? SecretReference.ReadKey(reference, out _) : null)
    {
    }

    /// <summary>Whether it proves who made it, not only that it is whole.</summary>
    public bool Signs => _key is not null;

    public int Length => Signs ? HMACSHA256.HashSizeInBytes : ChecksumLength;

    /// <summary>Writes the seal into the last bytes.</summary>
    /// <param name="place">Where it will be found.</param>
    /// <param name="sealedBytes">What is sealed, with room for the seal at its end.</param>
    public void Write(ReadOnlySpan<byte> place, Span<byte> sealedBytes) => Make(place, sealedBytes[..^Length], sealedBytes[^Length..]);

    /// <summary>Whether the last bytes are the right seal of the others.</summary>
    public bool IsRight(ReadOnlySpan<byte> place, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Length)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Length];
        Make(place, sealedBytes[..^Length], expected);
        return CryptographicOperations.FixedTimeEquals(expected, sealedBytes[^Length..]);
    }

    private void Make(ReadOnlySpan<byte> place, ReadOnlySpan<byte> content, Span<byte> seal)
    {
        if (_key is null)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(seal, ~Checksum(Checksum(uint.MaxValue, place), content));
            return;
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(place);
        hash.AppendData(content);
        hash.GetHashAndReset(seal);
    }

    // System.IO.Hashing has other polynomials only; the processor has an instruction for this one.
    private static uint Checksum(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight));
        }

        foreach (var one in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }
}
