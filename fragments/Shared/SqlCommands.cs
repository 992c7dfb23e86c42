using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>Commands with their values, on one line.</summary>
internal static class SqlCommands
{
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <returns>The number of rows that changed.</returns>
    public static async Task<int> RunAsync(this SqliteCommand command, CancellationToken ct)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <returns>The first value of the first row, or null.</returns>
    public static async Task<object?> ScalarAsync(this SqliteCommand command, CancellationToken ct)
    {
        await using (command)
        {
            return await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : null;
        }
    }
}
