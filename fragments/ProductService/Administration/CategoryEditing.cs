using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProductService.Administration;

/// <summary>Changes to shelves, each in one transaction that looks before it writes.</summary>
internal sealed class CategoryEditing(ServiceDatabase database)
{
    /// <summary>Adds an empty shelf behind the others.</summary>
    public Task<EditStatus> CreateAsync(string name, string blurb, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            if (await IsTakenAsync(connection, name, exceptFor: "", token))
            {
                return EditStatus.NameTaken;
            }

            var slug = await FreeSlugAsync(connection, CategoryRules.Slug(name), token);
            await connection.Command(
                "INSERT INTO category (slug, position, name, blurb) SELECT $slug, coalesce(max(position), 0) + 1, $name, $blurb FROM category",
                ("$slug", slug), ("$name", name), ("$blurb", blurb)).RunAsync(token);
            return EditStatus.Done;
        },
        ct);

    /// <summary>Gives a shelf another name and line, if nobody did since. Its address stays.</summary>
    /// <param name="version">The version that was read.</param>
    public Task<EditStatus> RenameAsync(string slug, int version, string name, string blurb, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            if (await connection.Command("SELECT version FROM category WHERE slug = $slug", ("$slug", slug)).ScalarAsync(token) is not long current)
            {
                return EditStatus.Missing;
            }

            if (current != version)
            {
                return EditStatus.Changed;
            }

            if (await IsTakenAsync(connection, name, exceptFor: slug, token))
            {
                return EditStatus.NameTaken;
            }

            await connection.Command(
                "UPDATE category SET name = $name, blurb = $blurb, version = version + 1 WHERE slug = $slug",
                ("$slug", slug), ("$name", name), ("$blurb", blurb)).RunAsync(token);
            return EditStatus.Done;
        },
        ct);

    /// <summary>Lets a shelf change places with its neighbour. At the end of the row nothing happens.</summary>
    public Task<EditStatus> MoveAsync(string slug, bool isUp, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            if (await connection.Command("SELECT position FROM category WHERE slug = $slug", ("$slug", slug)).ScalarAsync(token) is not long position)
            {
                return EditStatus.Missing;
            }

            var side = isUp ? "SELECT max(position) FROM category WHERE position < $position" : "SELECT min(position) FROM category WHERE position > $position";
            if (await connection.Command(side, ("$position", position)).ScalarAsync(token) is not long neighbour)
            {
                return EditStatus.Done;
            }

            // Positions are unique at every moment, so one of the two waits below zero, where no shelf stands.
            await connection.Command("UPDATE category SET position = -1 WHERE slug = $slug", ("$slug", slug)).RunAsync(token);
            await connection.Command(
                "UPDATE category SET position = $position WHERE position = $neighbour", ("$position", position), ("$neighbour", neighbour)).RunAsync(token);
            await connection.Command("UPDATE category SET position = $neighbour WHERE slug = $slug", ("$neighbour", neighbour), ("$slug", slug)).RunAsync(token);
            return EditStatus.Done;
        },
        ct);

    /// <summary>Takes an empty shelf away.</summary>
    public Task<EditStatus> DeleteAsync(string slug, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            if (await connection.Command("SELECT count(*) FROM product WHERE category = $slug", ("$slug", slug)).ScalarAsync(token) is not 0L)
            {
                return EditStatus.NotEmpty;
            }

            return await connection.Command("DELETE FROM category WHERE slug = $slug", ("$slug", slug)).RunAsync(token) == 0 ? EditStatus.Missing : EditStatus.Done;
        },
        ct);

    private static async Task<bool> IsTakenAsync(SqliteConnection connection, string name, string exceptFor, CancellationToken ct)
    {
        await using var command = connection.Command("SELECT name FROM category WHERE slug <> $slug", ("$slug", exceptFor));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // The database's own NOCASE knows the letters of ASCII only.
            if (string.Equals(reader.GetString(0), name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Two names may make one address: "Küche" after a "Kuche" is "kuche-2".
    private static async Task<string> FreeSlugAsync(SqliteConnection connection, string slug, CancellationToken ct)
    {
        var free = slug;
        for (var number = 2; await connection.Command("SELECT 1 FROM category WHERE slug = $slug", ("$slug", free)).ScalarAsync(ct) is not null; number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
        }

        return free;
    }
}
