namespace Shop;

/// <summary>
/// Takes a database file from one version to the next. Never changed once a file may have it: what is different afterwards is the next number.
/// </summary>
/// <param name="Number">The version that the file has afterwards: 1 for the first, and one more for each.</param>
/// <param name="Sql">Statements, separated by semicolons. Foreign keys are not enforced between them and are checked at the end.</param>
/// <param name="Fill">Rows that statements cannot make, after them and in the same transaction. It meets the tables as this number left them. Null: none.</param>
internal sealed record Migration(int Number, string Sql, DatabaseStep? Fill = null);
