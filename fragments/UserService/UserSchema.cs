using UserService.Seed;

namespace UserService;

/// <summary>The table.</summary>
internal static class UserSchema
{
    /// <summary>All of its versions; the next change is the next number.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new(1, First, UserSeed.FillAsync), new(2, SigningIn, CredentialSeed.FillAsync)];

    private const string First = """
        CREATE TABLE user (
            id           INTEGER PRIMARY KEY CHECK (id > 0),
            name         TEXT NOT NULL CHECK (trim(name) <> ''),
            email        TEXT NOT NULL UNIQUE CHECK (email LIKE '_%@_%'),
            town         TEXT NOT NULL,
            member_since TEXT NOT NULL CHECK (member_since IS date(member_since)),
            tone         INTEGER NOT NULL CHECK (tone BETWEEN 0 AND 5)
        ) STRICT;
        """;

    // Without a password nobody can sign in as this user: an empty text is the hash of none.
    private const string SigningIn = """
        ALTER TABLE user ADD COLUMN password TEXT NOT NULL DEFAULT '';
        ALTER TABLE user ADD COLUMN role     TEXT NOT NULL DEFAULT ''       CHECK (role IN ('', 'admin'));
        ALTER TABLE user ADD COLUMN theme    TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('light', 'dark', 'system'));
        ALTER TABLE user ADD COLUMN locale   TEXT NOT NULL DEFAULT 'en'     CHECK (locale IN ('en', 'de', 'fr'));
        """;
}
