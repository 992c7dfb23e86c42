namespace Stitcher.Local;

/// <summary>One process of the shop, before it runs.</summary>
internal sealed record ProcessPlan
{
    /// <summary>How people call it: <c>gateway</c>, or the name of the service's cluster.</summary>
    public required string Name { get; init; }

    /// <summary>The project's folder: working directory and content root.</summary>
    public required string Folder { get; init; }

    /// <summary>What is run: what the build made of it, or the file that <see cref="Interpreter"/> reads.</summary>
    public required string Assembly { get; init; }

    /// <summary>The program that runs <see cref="Assembly"/>; null for .NET, which is told its address by <c>--urls</c>.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The port browsers or the gateway talk to.</summary>
    public required int Port { get; init; }

    /// <summary>Every port it listens on, <see cref="Port"/> first.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Asked until it answers with success: then the process is ready.</summary>
    public required Uri ReadyAddress { get; init; }

    /// <summary>Variables on top of those the launcher was started with.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The address without a path.</summary>
    public Uri Address => new($"http://localhost:{Port}");
}
