using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Stitcher.Configuration;

namespace Stitcher.Redis;

/// <summary>The connection to Redis: made in the background, made again by itself when it is lost, never waited for.</summary>
internal sealed class RedisLink(RedisOptions options, TimeProvider time, ILogger<RedisLink> logger) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private ConnectionMultiplexer? _connection;

    /// <summary>Something was lost or came back: what was told in between may have been missed.</summary>
    public event Action? Changed;

    /// <summary>Whether a command would be sent at once.</summary>
    public bool IsUp => Volatile.Read(ref _connection) is { IsConnected: true };

    /// <exception cref="RedisConnectionException">There was no connection yet.</exception>
    public IDatabase Database => Connection.GetDatabase();

    private ConnectionMultiplexer Connection =>
        Volatile.Read(ref _connection) ?? throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "Not connected yet.", null, CommandStatus.WaitingToBeSent);

    /// <summary>What the connection is made with.</summary>
    /// <exception cref="StitcherConfigurationException">The settings cannot be read. No message repeats them: they may hold a password.</exception>
    public static ConfigurationOptions SettingsOf(RedisOptions options)
    {
        try
        {
            var settings = ConfigurationOptions.Parse("connectTimeout=1000,connectRetry=1," + SecretReference.ReadText(options.Configuration!, out _));
            settings.AbortOnConnectFail = false;
            settings.ClientName ??= "stitcher";

            // Without a connection a command fails at once: waiting for one is not worth a page's time.
            settings.BacklogPolicy = BacklogPolicy.FailFast;
            settings.ReconnectRetryPolicy = new LinearRetry((int)BetweenAttempts.TotalMilliseconds);
            settings.IncludeDetailInExceptions = false;
            if (settings.EndPoints.Count > 0)
            {
                return settings;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // Told below, without a word of what was written.
        }

        throw new StitcherConfigurationException(
            ["Stitcher:Redis:Configuration: what it says or leads to cannot be read; expected addresses and options as StackExchange.Redis takes them, such as 'redis:6379,ssl=true'."]);
    }

    /// <summary>Returns when there is a connection, up or not: from then on it is made again by itself.</summary>
    public async Task ConnectAsync(CancellationToken stopping)
    {
        var settings = SettingsOf(options);
        while (Volatile.Read(ref _connection) is null)
        {
            try
            {
                Install(await ConnectionMultiplexer.ConnectAsync(settings));
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // Whatever it is: nothing about Redis may end the host.
                logger.NotConnected(exception is RedisConnectionException connection ? connection.FailureType.ToString() : exception.GetType().Name);
                await Task.Delay(BetweenAttempts, time, stopping);
            }

            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Hears what is told on a channel, now and after every new connection.</summary>
    public Task ListenAsync(string channel, Action<ReadOnlyMemory<byte>> hear) => Connection.GetSubscriber().SubscribeAsync(
        RedisChannel.Literal(channel), (_, message) => hear((ReadOnlyMemory<byte>)message));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await connection.CloseAsync(allowCommandsToComplete: false);
            await connection.DisposeAsync();
        }
    }

    private void Install(ConnectionMultiplexer connection)
    {
        connection.ConnectionFailed += (_, lost) =>
        {
            logger.ConnectionLost(lost.FailureType.ToString());
            Changed?.Invoke();
        };
        connection.ConnectionRestored += (_, _) => Changed?.Invoke();
        Volatile.Write(ref _connection, connection);
        Changed?.Invoke();
    }
}
