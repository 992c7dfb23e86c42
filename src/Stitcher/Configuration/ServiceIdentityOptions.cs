namespace Stitcher.Configuration;

/// <summary>Whether and how a service is told who asks.</summary>
public sealed class ServiceIdentityOptions
{
    /// <summary>Whether requests for the service's fragments carry a signed token in the header <c>Stitcher-Identity</c> while a user is signed in.</summary>
    /// <value>Default: <c>false</c>. Needs <see cref="IdentityOptions.Key"/>.</value>
    public bool Send { get; set; }

    /// <summary>The user's claims that the token carries, beside the subject and the session.</summary>
    /// <value>At most 16 claim types. <c>name</c>, <c>role</c> and <c>email</c> also stand for the long names that ASP.NET Core uses. Default: <c>name</c>
    /// and <c>role</c>; a list here takes their place.</value>
    public IList<string> Claims { get; } = ["name", "role"];
}
