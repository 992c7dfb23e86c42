namespace UserService;

/// <summary>The table.</summary>
internal static class UserSchema
{
    /// <summary>Written into the file; a change of <see cref="Sql"/> needs the next number.</summary>
    public const int Version = 1;

    public const string Sql = """
        CREATE TABLE user (
            id           INTEGER PRIMARY KEY CHECK (id > 0),
            name         TEXT NOT NULL CHECK (trim(name) <> ''),
            email        TEXT NOT NULL UNIQUE CHECK (email LIKE '_%@_%'),
            town         TEXT NOT NULL,
            member_since TEXT NOT NULL CHECK (member_since IS date(member_since)),
            tone         INTEGER NOT NULL CHECK (tone BETWEEN 0 AND 5)
        ) STRICT;
        """;
}
