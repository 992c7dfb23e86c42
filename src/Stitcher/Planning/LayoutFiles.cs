using Stitcher.Parsing;

namespace Stitcher.Planning;

/// <summary>Reads and compiles the layouts of one planning; each once, however many pages use it.</summary>
internal sealed class LayoutFiles(string root, ICollection<string> errors)
{
    private readonly Dictionary<string, Markup?> _compiled = new(StringComparer.Ordinal);

    /// <param name="layout">The file's path below the root.</param>
    /// <param name="whose">What wants it, for the error: <c>page 'catalog'</c>.</param>
    /// <returns>Null when the file is missing or wrong; the errors say why.</returns>
    public Markup? Get(string layout, string whose)
    {
        if (!_compiled.TryGetValue(layout, out var markup))
        {
            markup = Compile(layout, whose);
            _compiled.Add(layout, markup);
        }

        return markup;
    }

    private Markup? Compile(string layout, string whose)
    {
        var path = Path.GetFullPath(layout, root);
        try
        {
            return LayoutParser.Parse(File.ReadAllBytes(path), layout, errors, Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add($"layout '{layout}' of {whose} cannot be read: expected a file at {path}");
            return null;
        }
    }

    private string? Read(string file, out string? problem)
    {
        var path = Path.GetFullPath(file, root);
        try
        {
            if (!StrictUtf8.TryDecode(StrictUtf8.WithoutByteOrderMark(File.ReadAllBytes(path)), out var text, out problem))
            {
                problem = $"is no text: {problem}; expected a file in UTF-8";
            }

            return text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: expected a file at {path}";
            return null;
        }
    }
}
