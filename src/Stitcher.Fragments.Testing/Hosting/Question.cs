using System.Collections.Immutable;
using System.Security.Claims;
using Stitcher.Federation;

namespace Stitcher.Fragments.Testing.Hosting;

/// <summary>A fragment with values for its parameters, and who asks.</summary>
internal sealed record Question(TestedFragment Fragment, ImmutableSortedDictionary<string, ImmutableArray<string>> Values, ClaimsPrincipal? User)
{
    public string Address => Fragment.AddressWith(Values);

    public Question With(string parameter, string value) => this with { Values = Values.SetItem(parameter, [value]) };

    public Question Without(string parameter) => this with { Values = Values.Remove(parameter) };

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, UriKind.Relative));
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add(FragmentHeaders.Fragment, Fragment.Name);
        if (User is not null)
        {
            TestUserFilter.Sign(request, User);
        }

        return request;
    }
}
