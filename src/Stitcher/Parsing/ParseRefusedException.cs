namespace Stitcher.Parsing;

/// <summary>Unwinds the parser from inside its callbacks; never leaves this room.</summary>
internal sealed class ParseRefusedException(string reason) : Exception(reason);
