namespace Stitcher.Local.Checking;

/// <summary>What an address answered.</summary>
/// <param name="Status">The status; 0 when there was no answer.</param>
/// <param name="MediaType">The media type without parameters.</param>
/// <param name="Body">The body; empty when there was no answer.</param>
/// <param name="Elapsed">From asking to the last byte.</param>
/// <param name="Path">Where it came from in the end, redirects followed.</param>
internal sealed record ShopAnswer(int Status, string MediaType, byte[] Body, TimeSpan Elapsed, string Path)
{
    /// <summary>Whether it is a 200 of one of these types.</summary>
    public bool IsOk(params ReadOnlySpan<string> mediaTypes) => Status == 200 && mediaTypes.Contains(MediaType);

    /// <summary>In words, for a verdict.</summary>
    public string Said => Status == 0 ? "no answer" : $"{Status} {MediaType}".TrimEnd();
}
