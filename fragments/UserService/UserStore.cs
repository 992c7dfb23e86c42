using Microsoft.Data.Sqlite;

namespace UserService;

/// <summary>Questions about users, and what they change of themselves.</summary>
internal sealed class UserStore(ServiceDatabase database)
{
    private const string Columns = "id, name, town, member_since, tone, role, theme, locale";

    /// <summary>One user, or null when nobody has this id.</summary>
    public async Task<User?> FindAsync(int id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.Command($"SELECT {Columns} FROM user WHERE id = $id", ("$id", id));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    /// <summary>The user with this address, in any case of its letters, and the hash of their password; null when nobody has it.</summary>
    public async Task<(User User, string Password)?> FindAsync(string email, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.Command($"SELECT {Columns}, password FROM user WHERE lower(email) = lower($email)", ("$email", email));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (Read(reader), reader.GetString(8)) : null;
    }

    /// <summary>Keeps a new hash of a user's password.</summary>
    public Task SetPasswordAsync(int id, string password, CancellationToken ct) =>
        ChangeAsync("UPDATE user SET password = $password WHERE id = $id", ct, ("$id", id), ("$password", password));

    /// <summary>Keeps what a user prefers.</summary>
    /// <returns>False when nobody has this id any more.</returns>
    public Task<bool> SetPreferencesAsync(int id, Preferences preferences, CancellationToken ct) =>
        ChangeAsync("UPDATE user SET theme = $theme, locale = $locale WHERE id = $id", ct, ("$id", id), ("$theme", preferences.Theme), ("$locale", preferences.Locale));

    private Task<bool> ChangeAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] values) =>
        database.WriteAsync(async (connection, token) => await connection.Command(sql, values).RunAsync(token) > 0, ct);

    private static User Read(SqliteDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetFieldValue<DateOnly>(3),
        reader.GetInt32(4),
        reader.GetString(5),
        new Preferences(reader.GetString(6), reader.GetString(7)));
}
