using System.Globalization;

namespace Stitcher.Chaos.Services;

/// <summary>What an instance counted since it was started.</summary>
/// <param name="Asked">Questions, those of the run itself left out.</param>
/// <param name="Followed">Questions for an address that nobody should follow.</param>
/// <param name="Spoilt">Answers that it spoilt.</param>
internal sealed record ServiceCounts(long Asked, long Followed, long Spoilt)
{
    /// <summary>As one line, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Asked} {Followed} {Spoilt}");

    /// <summary>Reads the line.</summary>
    public static ServiceCounts Parse(string line)
    {
        var numbers = line.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToList();
        return new ServiceCounts(numbers[0], numbers[1], numbers[2]);
    }
}
