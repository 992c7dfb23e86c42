namespace Stitcher.Upstream;

/// <summary>What tells the version that the gateway holds already, so that the service may answer "still the same" instead of sending it again.</summary>
/// <param name="ETag">The entity tag, as it came.</param>
/// <param name="LastModified">The date of the last change, as it came.</param>
internal readonly record struct Validators(string? ETag, string? LastModified)
{
    public bool IsEmpty => ETag is null && LastModified is null;
}
