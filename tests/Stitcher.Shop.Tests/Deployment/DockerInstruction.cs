namespace Stitcher.Shop.Tests.Deployment;

/// <summary>One instruction of a Dockerfile, with its continuation lines.</summary>
/// <param name="Line">The first line's number.</param>
/// <param name="Name">In capitals: <c>COPY</c>.</param>
/// <param name="Text">What follows the name.</param>
internal sealed record DockerInstruction(int Line, string Name, string Text)
{
    /// <summary>The words that are not switches.</summary>
    public IReadOnlyList<string> Words => [.. Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];

    /// <summary>A switch's value, such as the stage of <c>--from=build</c>; null without it.</summary>
    public string? Switch(string name) => Text.Split(' ').Where(word => word.StartsWith($"--{name}=", StringComparison.Ordinal)).Select(word => word[(name.Length + 3)..]).FirstOrDefault();
}
