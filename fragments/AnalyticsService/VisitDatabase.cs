using Microsoft.Data.Sqlite;
using AnalyticsService.Seed;

namespace AnalyticsService;

/// <summary>The service's own database file: made at the first start, filled up to the day at each.</summary>
internal sealed class VisitDatabase
{
    private readonly string _file;
    private readonly string _connection;

    private readonly TimeProvider _time;

    public VisitDatabase(string file, TimeProvider time)
    {
        _time = time;
        _file = file;
        _connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 5 }.ToString();
    }

    public async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the table if there is none, and the visits of the days that are missing.</summary>
    /// <exception cref="InvalidOperationException">The file holds something else.</exception>
    public async Task PrepareAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        try
        {
            await using var connection = await OpenAsync(ct);
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL", ct);

            // The version is written in the same transaction as the rows: a start that was cut off leaves an empty file, never half of
            // the rows. The write lock is taken before the look, so that two copies that start together do not both fill it.
            await using var transaction = connection.BeginTransaction(deferred: false);
            var version = await VersionAsync(connection, ct);
            if (version is not (0 or VisitSchema.Version))
            {
                throw new InvalidOperationException(
                    $"{_file} holds version {version} of the visits, this program knows version {VisitSchema.Version}; remove the file to begin anew.");
            }

            if (version == 0)
            {
                await ExecuteAsync(connection, VisitSchema.Sql, ct);
                await ExecuteAsync(connection, $"PRAGMA user_version = {VisitSchema.Version}", ct);
            }

            // At every start, because nobody visits a demonstration between two of them and its last week would be empty.
            await VisitSeed.FillAsync(connection, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime), ct);
            await transaction.CommitAsync(ct);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            throw new InvalidOperationException($"{_file} is not a sound database ({e.Message}); remove the file to begin anew.", e);
        }
    }

    private static async Task<long> VersionAsync(SqliteConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }
}
