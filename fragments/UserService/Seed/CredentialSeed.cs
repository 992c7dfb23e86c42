using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace UserService.Seed;

/// <summary>By what the users that the shop opens with sign in: <c>credentials.json</c>. The password of all of them is <c>saltmarsh</c>; number 1 is an admin.</summary>
internal static class CredentialSeed
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Gives them to the users of a shop that is new or knew no passwords yet; one that has changed since is left alone.</summary>
    public static async Task FillAsync(SqliteConnection connection, TimeProvider time, CancellationToken ct)
    {
        using var stream = typeof(CredentialSeed).Assembly.GetManifestResourceStream("UserService.Seed.credentials.json")!;
        foreach (var user in JsonSerializer.Deserialize<Row[]>(stream, Json)!)
        {
            await connection.Command(
                """
                UPDATE user SET name = $name, email = $email, role = $role, locale = $locale, password = $password
                WHERE id = $id AND email = $was
                """,
                ("$id", user.Id), ("$was", user.Was), ("$name", user.Name), ("$email", user.Email), ("$role", user.Role), ("$locale", user.Locale),
                ("$password", user.Password)).RunAsync(ct);
        }
    }

    private sealed record Row(int Id, string Was, string Name, string Email, string Role, string Locale, string Password);
}
