namespace UserService;

/// <summary>Questions about users.</summary>
internal sealed class UserStore(ServiceDatabase database)
{
    /// <summary>One user, or null when nobody has this id.</summary>
    public async Task<User?> FindAsync(int id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, name, town, member_since, tone FROM user WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new User(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetInt32(4))
            : null;
    }
}
