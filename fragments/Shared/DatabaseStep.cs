using Microsoft.Data.Sqlite;

namespace Shop;

/// <summary>Something that is done to a service's database inside a transaction which is not the step's own to end.</summary>
/// <param name="connection">Open, with a write transaction begun; commands made of it belong to that transaction.</param>
/// <param name="time">The service's clock.</param>
/// <param name="ct">Ends a start that is called off; nothing of the step is then kept.</param>
internal delegate Task DatabaseStep(SqliteConnection connection, TimeProvider time, CancellationToken ct);
