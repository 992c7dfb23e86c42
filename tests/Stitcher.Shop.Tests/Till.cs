using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>The orders service with shelves that do as a test says, for all tests of a class.</summary>
public sealed class Till : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private int _lastThing;
    private int _lastUser = 1000;
    private ServiceProcess? _orders;
    private PretendedShelves? _shelves;

    public ServiceProcess Orders => _orders!;

    internal PretendedShelves Shelves => _shelves!;

    public string Database => _folder.File("orders.db");

    public async ValueTask InitializeAsync()
    {
        _shelves = await PretendedShelves.StartAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_orders is not null)
        {
            await _orders.DisposeAsync();
        }

        if (_shelves is not null)
        {
            await _shelves.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Starts the service, again if it was killed.</summary>
    internal async Task OpenAsync()
    {
        if (_orders is not null)
        {
            await _orders.DisposeAsync();
        }

        // Whatever a service that was killed left behind is settled at once: nobody else works on this file.
        _orders = await ShopServices.StartAsync("orders", Database, ("Services__Products", Shelves.Service.Address), ("Services__Patience", "00:00:10"), ("Settlement__After", "00:00:00"));
    }

    /// <summary>A thing that no other test knows.</summary>
    internal int Thing(string name = "Tide lamp", int cents = 1250, int stock = 20)
    {
        var id = Interlocked.Increment(ref _lastThing);
        Shelves.Put(id, name, cents, stock);
        return id;
    }

    /// <summary>Somebody whom no other test knows.</summary>
    internal Customer Customer(bool isSignedIn = true) => new(this, isSignedIn ? $"{Interlocked.Increment(ref _lastUser)}" : null);

    /// <summary>The first value that the database has to say.</summary>
    internal async Task<string?> AskAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Foreign Keys=True;Pooling=False;Default Timeout=60");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }

    /// <summary>The bytes of the database as they lie on the disk, its journal included.</summary>
    internal string Disk() => string.Concat(Directory.EnumerateFiles(_folder.Path).Select(static file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }));
}
