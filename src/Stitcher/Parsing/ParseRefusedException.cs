namespace Stitcher.Parsing;

/// <summary>Unwinds the parser from inside its callbacks; never leaves this room.</summary>
/// <param name="reason">In words.</param>
/// <param name="lasts">Whether the same bytes would be refused again.</param>
internal sealed class ParseRefusedException(string reason, bool lasts = true) : Exception(reason)
{
    public bool Lasts => lasts;
}
