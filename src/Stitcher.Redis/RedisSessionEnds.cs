using StackExchange.Redis;

namespace Stitcher.Redis;

/// <summary>Ended sessions in Redis, each under a name that tells nothing and for as long as a cookie of it could be good.</summary>
internal sealed class RedisSessionEnds(RedisLink link, RedisCircuit circuit, RedisCalls calls) : ISharedSessionEnds
{
    public bool IsPresent => !circuit.IsOpen && link.IsUp;

    public async ValueTask TellAsync(string session, TimeSpan keepFor, CancellationToken cancellationToken) =>
        await AskAsync(() => calls.EndSessionAsync(RedisCalls.PlaceOf(session), keepFor, cancellationToken));

    public ValueTask<bool> HasEndedAsync(string session, CancellationToken cancellationToken) =>
        AskAsync(() => calls.HasSessionEndedAsync(RedisCalls.PlaceOf(session), cancellationToken));

    private async ValueTask<bool> AskAsync(Func<Task<bool>> ask)
    {
        try
        {
            return IsPresent && await ask();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException)
        {
            // What is wrong with Redis the circuit has told.
            return false;
        }
    }
}
