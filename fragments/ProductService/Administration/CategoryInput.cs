namespace ProductService.Administration;

/// <summary>What one of the shelves' forms was sent with.</summary>
/// <param name="Act">Which of them: <c>create</c>, <c>rename</c>, <c>up</c>, <c>down</c> or <c>delete</c>.</param>
/// <param name="Slug">The shelf; nothing for a new one.</param>
/// <param name="Version">The version of the shelf that the form began with.</param>
internal sealed record CategoryInput(string Act, string Slug, string Version, string Name, string Blurb)
{
    public static CategoryInput Read(IFormCollection form) =>
        new(Text(form, "act"), Text(form, "slug"), Text(form, "version"), Text(form, "name"), Text(form, "blurb"));

    private static string Text(IFormCollection form, string field) => form[field] is [{ } value, ..] ? value.Trim() : "";
}
