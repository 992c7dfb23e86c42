using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace UserService.Seed;

/// <summary>Who the shop knows when it opens: <c>users.json</c>. Number 1 is the one demonstrations sign in.</summary>
internal static class UserSeed
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task FillAsync(SqliteConnection connection, TimeProvider time, CancellationToken ct)
    {
        using var stream = typeof(UserSeed).Assembly.GetManifestResourceStream("UserService.Seed.users.json")!;
        foreach (var user in JsonSerializer.Deserialize<Row[]>(stream, Json)!)
        {
            await connection.Command(
                """
                INSERT INTO user (id, name, email, town, member_since, tone)
                VALUES ($id, $name, $email, $town, $since, $tone)
                """,
                ("$id", user.Id), ("$name", user.Name), ("$email", user.Email), ("$town", user.Town), ("$since", user.MemberSince), ("$tone", user.Tone)).RunAsync(ct);
        }
    }

    private sealed record Row(int Id, string Name, string Email, string Town, string MemberSince, int Tone);
}
