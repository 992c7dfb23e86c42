namespace Stitcher.Local;

/// <summary>What the command line said.</summary>
internal sealed record LocalOptions
{
    /// <summary>Where the ports begin unless <c>--base-port</c> moves them.</summary>
    public const int DefaultBasePort = 3000;

    /// <summary>The gateway's port; the others follow it (<see cref="ShopTopology"/>).</summary>
    public required int BasePort { get; init; }

    /// <summary>Start, verify every page, print a table and end.</summary>
    public required bool Check { get; init; }

    /// <summary>Start a process again when it ends by itself.</summary>
    public required bool Restart { get; init; }

    /// <summary>Start the reviews service, too, which is written in JavaScript, and show it.</summary>
    public required bool WithReviews { get; init; }

    /// <summary>End when the process that started the launcher ends.</summary>
    public required bool Attached { get; init; }
}
