namespace Stitcher.Upstream;

/// <summary>A service that is told who asks.</summary>
/// <param name="audience">Its name, which is the audience of what it is told.</param>
/// <param name="claims">What it may be told of a visitor.</param>
/// <param name="tokens">Makes the tokens.</param>
internal sealed class ServiceIdentity(string audience, IReadOnlySet<string> claims, IdentityTokens tokens)
{
    public string TokenFor(Visitor visitor) => tokens.For(audience, claims, visitor);
}
