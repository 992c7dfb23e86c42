using System.Buffers.Binary;
using System.Text;
using Stitcher.Caching;

namespace Stitcher.Redis;

/// <summary>A purge as all gateways read it: in the shared log, and as a message.</summary>
/// <param name="Node">The gateway that purged.</param>
/// <param name="Id">Tells it from every other purge, even of the same scope by the same gateway.</param>
/// <param name="Scope">What is meant.</param>
/// <param name="IsSoft">Make it stale instead of removing it.</param>
internal sealed record PurgeRecord(Guid Node, Guid Id, PurgeScope Scope, bool IsSoft)
{
    private const byte Version = 1;
    private const int GuidLength = 16;
    private const int HeadLength = 2 + (2 * GuidLength);
    private const int TextCount = 6;

    // A record counts in one place only: an envelope of the same bytes is none.
    private static ReadOnlySpan<byte> Place => "purge"u8;

    public byte[] Write(Seal seal)
    {
        var texts = new[] { Scope.Service, Scope.Fragment, Scope.Target, Scope.Tag, Scope.Key, Scope.Partition };
        var bytes = new byte[HeadLength + texts.Sum(text => sizeof(int) + (text is null ? 0 : Encoding.UTF8.GetByteCount(text))) + seal.Length];
        bytes[0] = Version;
        bytes[1] = IsSoft ? (byte)1 : (byte)0;
        Node.TryWriteBytes(bytes.AsSpan(2));
        Id.TryWriteBytes(bytes.AsSpan(2 + GuidLength));
        var at = HeadLength;
        foreach (var text in texts)
        {
            var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, bytes.AsSpan(at + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), length);
            at += sizeof(int) + Math.Max(length, 0);
        }

        seal.Write(Place, bytes);
        return bytes;
    }

    /// <returns>The purge; null for bytes that no gateway with this seal wrote.</returns>
    public static PurgeRecord? Read(ReadOnlySpan<byte> bytes, Seal seal)
    {
        if (bytes.Length < HeadLength + seal.Length || bytes[0] != Version || bytes[1] > 1 || !seal.IsRight(Place, bytes))
        {
            return null;
        }

        var texts = new string?[TextCount];
        var rest = bytes[HeadLength..^seal.Length];
        for (var i = 0; i < TextCount; i++)
        {
            if (rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(rest) is var length && (length < -1 || length > rest.Length - sizeof(int)))
            {
                return null;
            }

            texts[i] = length < 0 ? null : Encoding.UTF8.GetString(rest.Slice(sizeof(int), length));
            rest = rest[(sizeof(int) + Math.Max(length, 0))..];
        }

        var scope = new PurgeScope { Service = texts[0], Fragment = texts[1], Target = texts[2], Tag = texts[3], Key = texts[4], Partition = texts[5] };
        return rest.IsEmpty ? new PurgeRecord(new Guid(bytes.Slice(2, GuidLength)), new Guid(bytes.Slice(2 + GuidLength, GuidLength)), scope, bytes[1] == 1) : null;
    }
}
