using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>
/// Gets markup out of a body in the cheapest way that is right: what is remembered is recalled, what provably stays as it is
/// is copied, what lacks end tags gets them, the rest is parsed.
/// </summary>
internal sealed class FragmentCompiler(FragmentParser parser, MarkupMemo memo, StitcherMetrics metrics, TimeProvider time, ILogger<FragmentCompiler> logger)
{
    // Whoever asks may have a word in what a fragment says, and so in whether it is refused. As many as there are fragments.
    private readonly ConcurrentDictionary<(string Service, string Fragment), Seldom> _warnings = new();

    /// <param name="slot">Where the fragment is shown, and who sent it.</param>
    /// <param name="limits">What the parse may cost.</param>
    /// <param name="body">The bytes as the service sent them; not looked at any more when the result is here.</param>
    /// <param name="left">How long the slot can wait for it.</param>
    /// <returns>Null when that was not long enough.</returns>
    public ValueTask<MarkupResult?> CompileAsync(SlotPlan slot, ParseLimits limits, ReadOnlyMemory<byte> body, TimeSpan left)
    {
        if (memo.TryGet(body.Span, slot.Scope, out var compiled, out var comesBack))
        {
            metrics.FragmentCompiled(slot.Service.Name, "memo");
            return new(compiled);
        }

        var way = FragmentParser.TryProve(body.Span, slot.Origin, slot.Context, limits, out compiled) ? "proof"
            : FragmentParser.TryMend(body.Span, slot.Origin, slot.Context, limits, out compiled) ? "mend"
            : null;
        if (way is null)
        {
            return ParseAsync(slot, limits, body, left);
        }

        // Remembering costs as much as proving again: for content that is new every time it would double the work.
        if (comesBack)
        {
            memo.Remember(body.Span, slot.Scope, compiled);
        }

        metrics.FragmentCompiled(slot.Service.Name, way);
        return new(compiled);
    }

    // A parse is bounded by what it costs, and may wait for its processor longer than the slot can. One that has begun by then goes on, with bytes of its own,
    // and is remembered for the next time; one that has not is dropped.
    private async ValueTask<MarkupResult?> ParseAsync(SlotPlan slot, ParseLimits limits, ReadOnlyMemory<byte> body, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        var own = body.ToArray();
        using var over = new CancellationTokenSource(left, time);
        try
        {
            // Away from the threads that move bytes: a hostile fragment may cost its whole budget.
            return await Task.Run(() => Parse(slot, limits, own), over.Token).WaitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private MarkupResult Parse(SlotPlan slot, ParseLimits limits, byte[] body)
    {
        var compiled = parser.Parse(body, slot.Origin, slot.Context, limits);
        memo.Remember(body, slot.Scope, compiled);
        metrics.FragmentCompiled(slot.Service.Name, "parser");
        if (compiled.Refusal is { } refusal)
        {
            Warn(slot, refusal);
        }

        return compiled;
    }

    private void Warn(SlotPlan slot, string refusal)
    {
        if (_warnings.GetOrAdd((slot.Service.Name, slot.Fragment), static (_, time) => new Seldom(time), time).MaySay(out var unsaid))
        {
            logger.FragmentRefused(slot.Service.Name, slot.Fragment, refusal, unsaid);
        }
    }
}
