namespace Stitcher.Tool;

/// <summary>An input cannot be read; the message says which, and why.</summary>
internal sealed class InputException(string message) : Exception(message);
