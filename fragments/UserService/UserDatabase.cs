using Microsoft.Data.Sqlite;
using UserService.Seed;

namespace UserService;

/// <summary>The service's own database file: made and filled at the first start, kept ever after.</summary>
internal sealed class UserDatabase
{
    private readonly string _file;
    private readonly string _connection;

    public UserDatabase(string file)
    {
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

    /// <summary>Makes the tables and their rows if this is the first start.</summary>
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
            if (await VersionAsync(connection, ct) is var version && version == UserSchema.Version)
            {
                return;
            }

            if (version != 0)
            {
                throw new InvalidOperationException(
                    $"{_file} holds version {version} of the users, this program knows version {UserSchema.Version}; remove the file to begin anew.");
            }

            await ExecuteAsync(connection, UserSchema.Sql, ct);
            await UserSeed.FillAsync(connection, ct);
            await ExecuteAsync(connection, $"PRAGMA user_version = {UserSchema.Version}", ct);
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
