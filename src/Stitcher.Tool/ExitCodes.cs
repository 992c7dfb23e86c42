namespace Stitcher.Tool;

/// <summary>What a build server sees.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Found = 1;
    public const int Unreadable = 2;
}
