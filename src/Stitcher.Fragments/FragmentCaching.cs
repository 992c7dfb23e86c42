using System.Globalization;
using System.Text;

namespace Stitcher.Fragments;

/// <summary>How long a fragment may be kept, and by whom. The default is: not at all.</summary>
internal sealed record FragmentCaching
{
    public static FragmentCaching None { get; } = new();

    public TimeSpan? MaxAge { get; init; }

    public TimeSpan? StaleWhileRevalidate { get; init; }

    public TimeSpan? StaleIfError { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>Without a lifetime nothing may be kept: a cache that guesses one is the reader's surprise.</summary>
    public bool IsStorable => MaxAge is not null;

    public FragmentCaching For(TimeSpan lifetime) => this with { MaxAge = Checked(lifetime, nameof(lifetime)) };

    public FragmentCaching Stale(TimeSpan? whileRevalidate, TimeSpan? ifError) => this with
    {
        StaleWhileRevalidate = whileRevalidate is { } revalidate ? Checked(revalidate, nameof(whileRevalidate)) : StaleWhileRevalidate,
        StaleIfError = ifError is { } error ? Checked(error, nameof(ifError)) : StaleIfError,
    };

    /// <summary>What an answer says for itself goes before what its fragment says, except that what is private stays private.</summary>
    public FragmentCaching With(FragmentCaching answer) => new()
    {
        MaxAge = answer.MaxAge ?? MaxAge,
        StaleWhileRevalidate = answer.StaleWhileRevalidate ?? StaleWhileRevalidate,
        StaleIfError = answer.StaleIfError ?? StaleIfError,
        IsPrivate = answer.IsPrivate || IsPrivate,
    };

    /// <summary>The value of <c>Cache-Control</c>; RFC 9111 and, for the stale directives, RFC 5861.</summary>
    public string ToHeader()
    {
        if (MaxAge is not { } maxAge)
        {
            return IsPrivate ? "private, no-store" : "no-store";
        }

        var header = new StringBuilder(IsPrivate ? "private" : "public");
        Append(header, "max-age", maxAge);
        Append(header, "stale-while-revalidate", StaleWhileRevalidate);
        Append(header, "stale-if-error", StaleIfError);
        return header.ToString();
    }

    private static void Append(StringBuilder header, string directive, TimeSpan? time)
    {
        if (time is { } value)
        {
            header.Append(", ").Append(directive).Append('=').Append(((long)value.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static TimeSpan Checked(TimeSpan time, string parameter) =>
        time >= TimeSpan.Zero && time.Ticks % TimeSpan.TicksPerSecond == 0
            ? time
            : throw new ArgumentOutOfRangeException(parameter, time, "Cache times are whole seconds, zero or more.");
}
