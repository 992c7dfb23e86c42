using System.Text;
using CsCheck;
using Stitcher.Caching;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class EnvelopeTests
{
    private static readonly byte[] Place = RedisCalls.PlaceOf("a key");
    private static readonly Seal[] Seals = [new((byte[]?)null), new([.. Enumerable.Range(0, 32).Select(i => (byte)i)])];

    private static readonly Gen<Seal> AnySeal = Gen.Int[0, 1].Select(i => Seals[i]);
    private static readonly Gen<string> AnyText = Gen.String[Gen.Char['\u0001', '\u02FF'], 0, 40];
    private static readonly Gen<string?> PerhapsText = Gen.OneOf(AnyText.Select(text => (string?)text), Gen.Const((string?)null));
    private static readonly Gen<KeptAnswer> AnyAnswer =
        from status in Gen.Int[0, 4].Select(i => new[] { 200, 203, 204, 404, 410 }[i])
        from isHtml in Gen.Bool
        from body in Gen.Byte.Array[0, 300]
        from texts in PerhapsText.Array[11]
        from labels in AnyText.Array[3]
        from age in Gen.Int[0, 100_000_000]
        from keepFor in Gen.Int[1, 100_000_000]
        select new KeptAnswer
        {
            Status = status,
            IsHtml = isHtml,
            Body = body,
            Headers = new AnswerHeaders
            {
                StitcherCacheControl = texts[0],
                SurrogateControl = texts[1],
                CacheControl = texts[2],
                Expires = texts[3],
                Date = texts[4],
                Age = texts[5],
                Vary = texts[6],
                ETag = texts[7],
                LastModified = texts[8],
                Link = texts[9],
                SurrogateKey = texts[10],
            },
            Labels = new FragmentLabels(labels[0], labels[1], labels[2]),
            Age = TimeSpan.FromMilliseconds(age),
            KeepFor = TimeSpan.FromMilliseconds(keepFor),
        };

    [Fact]
    public void What_is_put_in_comes_out_older_by_the_time_it_lay_there() =>
        Gen.Select(AnyAnswer, AnySeal, Gen.Long, Gen.Double[0, 1]).Sample((answer, seal, generation, part) =>
        {
            var left = TimeSpan.FromMilliseconds((long)(answer.KeepFor.TotalMilliseconds * part));
            var bytes = Envelope.Write(Place, answer, generation, seal)!;
            Assert.True(Envelope.TryRead(Place, answer.Labels, bytes, left, seal, out var read, out var readGeneration));
            Assert.Equal(generation, readGeneration);
            Assert.Equal(answer.Age + answer.KeepFor - left, read.Age);
            Assert.Equal(answer.Body.ToArray(), read.Body.ToArray());
            Assert.Equal(answer with { Body = default, Age = default, KeepFor = default }, read with { Body = default, Age = default, KeepFor = default });
        });

    [Fact]
    public void Whatever_is_done_to_the_bytes_they_are_refused_or_as_they_were() =>
        Gen.Select(AnyAnswer, AnySeal, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100_000], Gen.Byte).Array[1, 4]).Sample((answer, seal, changes) =>
        {
            var bytes = Envelope.Write(Place, answer, 7, seal)!;
            var changed = new List<byte>(bytes);
            foreach (var (kind, position, value) in changes)
            {
                var at = changed.Count == 0 ? 0 : position % changed.Count;
                switch (kind)
                {
                    case 0 when changed.Count > 0:
                        changed[at] = value;
                        break;
                    case 1:
                        changed.Insert(at, value);
                        break;
                    case 2 when changed.Count > 0:
                        changed.RemoveAt(at);
                        break;
                    default:
                        changed.RemoveRange(at, changed.Count - at);
                        break;
                }
            }

            var isRead = Envelope.TryRead(Place, FragmentLabels.None, changed.ToArray(), answer.KeepFor, seal, out _, out _);
            Assert.Equal(changed.SequenceEqual(bytes), isRead);
        });

    [Fact]
    public void Any_bytes_at_all_are_judged_without_harm() =>
        Gen.Select(Gen.Byte.Array[0, 400], AnySeal).Sample((bytes, seal) =>
        {
            Assert.False(Envelope.TryRead(Place, FragmentLabels.None, bytes, TimeSpan.FromSeconds(1), seal, out _, out _));
            Assert.Null(PurgeRecord.Read(bytes, seal));
        });

    [Fact]
    public void Made_up_lengths_are_refused_even_with_the_right_seal() =>
        Gen.Select(AnyAnswer, AnySeal, Gen.Int[36, 200], Gen.Int).Sample((answer, seal, position, number) =>
        {
            var bytes = Envelope.Write(Place, answer, 7, seal)!;
            var at = Math.Min(position, bytes.Length - seal.Length - sizeof(int));
            BitConverter.TryWriteBytes(bytes.AsSpan(at), number);
            seal.Write(Place, bytes);

            // Whatever comes of it, it comes of these bytes alone.
            if (Envelope.TryRead(Place, FragmentLabels.None, bytes, TimeSpan.FromMilliseconds(1), seal, out var read, out _))
            {
                Assert.InRange(read.Body.Length, 0, bytes.Length);
            }
        });

    [Fact]
    public void What_was_made_for_one_place_or_with_another_seal_is_refused()
    {
        var answer = AnyAnswer.Single();
        foreach (var seal in Seals)
        {
            var bytes = Envelope.Write(Place, answer, 7, seal)!;
            Assert.False(Envelope.TryRead(RedisCalls.PlaceOf("another key"), FragmentLabels.None, bytes, answer.KeepFor, seal, out _, out _));
            Assert.False(Envelope.TryRead(Place, FragmentLabels.None, bytes, answer.KeepFor, Seals.Single(other => other != seal), out _, out _));
            Assert.False(Envelope.TryRead(Place, FragmentLabels.None, bytes, answer.KeepFor, new Seal(new byte[32]), out _, out _));
            Assert.False(Envelope.TryRead(Place, FragmentLabels.None, bytes, answer.KeepFor + TimeSpan.FromMilliseconds(1), seal, out _, out _));
            Assert.False(Envelope.TryRead(Place, FragmentLabels.None, bytes, TimeSpan.FromMilliseconds(-1), seal, out _, out _));
        }
    }

    [Fact]
    public void The_checksum_is_CRC_32C()
    {
        // The check value of the catalogue of parametrised CRC algorithms, for the nine digits.
        var sealedBytes = new byte[9 + sizeof(uint)];
        "123456789"u8.CopyTo(sealedBytes);
        Seals[0].Write([], sealedBytes);
        Assert.Equal(0xE3069283u, BitConverter.ToUInt32(sealedBytes, 9));
    }

    [Fact]
    public void A_purge_is_read_as_it_was_written_and_refused_when_it_was_changed() =>
        Gen.Select(PerhapsText.Array[6], Gen.Bool, AnySeal, Gen.Int[0, 100_000], Gen.Byte).Sample((texts, isSoft, seal, position, value) =>
        {
            var scope = new PurgeScope { Service = texts[0], Fragment = texts[1], Target = texts[2], Tag = texts[3], Key = texts[4], Partition = texts[5] };
            var record = new PurgeRecord(Guid.NewGuid(), Guid.NewGuid(), scope, isSoft);
            var bytes = record.Write(seal);
            Assert.Equal(record, PurgeRecord.Read(bytes, seal));

            position %= bytes.Length;
            var isSame = bytes[position] == value;
            bytes[position] = value;
            Assert.Equal(isSame, PurgeRecord.Read(bytes, seal) is not null);
            Assert.Null(PurgeRecord.Read(Encoding.UTF8.GetBytes(texts[0] ?? ""), seal));
        });
}
