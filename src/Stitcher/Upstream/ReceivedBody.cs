using System.Buffers;

namespace Stitcher.Upstream;

/// <summary>What came of reading a body. What is rented goes back once.</summary>
/// <param name="End">Why reading ended.</param>
/// <param name="Rented">The buffer with the body; empty when there is none.</param>
/// <param name="Length">The bytes that came, or that were announced when that alone was too much.</param>
internal readonly record struct ReceivedBody(BodyEnd End, byte[] Rented, long Length)
{
    public ReadOnlySpan<byte> Bytes => Rented.AsSpan(0, (int)Length);

    public void Return()
    {
        if (Rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Rented);
        }
    }
}
