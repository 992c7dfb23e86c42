using System.Security.Claims;
using Stitcher.Caching;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>
/// The fragments that are remembered for single users (<c>Services[].Private</c> is <c>Partitioned</c>). Signing in and out by ASP.NET Core's cookies forgets them by
/// itself, unless the scheme has an <c>EventsType</c>; an app that ends sessions otherwise, or changes what a user may see, says so here.
/// </summary>
public sealed class UserFragments
{
    private readonly UserGenerations _generations;
    private readonly FragmentStore _store;
    private readonly CatalogState _catalog;

    internal UserFragments(UserGenerations generations, FragmentStore store, CatalogState catalog)
    {
        _store = store;
        _generations = generations;
        _catalog = catalog;
    }

    /// <summary>Forgets everything that is remembered for a user, in all their sessions, and what is on its way to be.</summary>
    /// <param name="subject">The value of the claim that names the user: <c>Identity:SubjectClaim</c>.</param>
    public void Forget(string subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        _generations.Advance(subject);
        _store.RemovePartition(subject);
    }

    /// <summary>Forgets everything that is remembered for a user.</summary>
    /// <param name="user">The user; one without the claim that names them has nothing to forget.</param>
    public void Forget(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (VisitorReader.SubjectOf(_catalog.Current.Options.Identity, user) is { Length: > 0 } subject)
        {
            Forget(subject);
        }
    }
}
