using System.Text;

namespace Stitcher.Chaos.Services;

/// <summary>The head of a request, as far as a fault service looks at it.</summary>
internal sealed record RequestHead(string Path, string Query, string? IfNoneMatch)
{
    /// <summary>The page's kind: the first part of the path.</summary>
    public string Kind => Path.Split('/', 3) is [_, var kind, ..] ? kind : "";

    /// <summary>The value of <c>id</c>, 0 without one.</summary>
    public string Id => Query.Split('&').FirstOrDefault(part => part.StartsWith("id=", StringComparison.Ordinal))?[3..] ?? "0";

    /// <summary>Reads a head without its empty line.</summary>
    public static RequestHead Parse(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head);
        var lines = text.Split("\r\n");
        var target = lines[0].Split(' ') is [_, var second, ..] ? second : "/";
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        const string Validator = "If-None-Match:";
        return new RequestHead(
            mark < 0 ? target : target[..mark],
            mark < 0 ? "" : target[(mark + 1)..],
            lines.FirstOrDefault(line => line.StartsWith(Validator, StringComparison.OrdinalIgnoreCase))?[Validator.Length..].Trim());
    }
}
