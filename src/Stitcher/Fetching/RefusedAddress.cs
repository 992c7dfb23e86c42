using Microsoft.AspNetCore.Http;
using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>
/// What a page makes of an address that says something which a fragment does not take: an old bookmark, a slip, a link that somebody else made. Such a page is no
/// outage, and what a slot shows in one would say so: the fragment is shown as if its address had not said it.
/// </summary>
internal static class RefusedAddress
{
    /// <param name="slot">The slot.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="result">What came of it.</param>
    /// <returns>What to ask for instead; null when the answer stands: it is no refusal, it has something to read, or the address said nothing that could be left out.</returns>
    public static PageRequest? Corrected(SlotPlan slot, PageRequest request, FragmentResult result)
    {
        if (result is not { Failure: SlotFailure.Answered, Status: StatusCodes.Status400BadRequest, Markup: null })
        {
            return null;
        }

        // A second refusal is the last: a service that names one parameter at a time is not asked as often as it has any.
        var named = request.IsCorrected ? null : result.Refused?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return (named is null ? null : Without(slot, request, named)) ?? Without(slot, request, null);
    }

    private static PageRequest? Without(SlotPlan slot, PageRequest request, string[]? names)
    {
        var places = slot.Target!.AddressPlaces(names).RemoveAll(place => request.Values[place] is null);
        return places.IsEmpty ? null : request.Without(places);
    }
}
