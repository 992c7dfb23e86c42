namespace Stitcher.Federation.Negotiation;

/// <summary>What a service runs on.</summary>
/// <param name="Outcome">How it came to it.</param>
/// <param name="Seen">The copy its modules get, also when they should not run: what the map falls through to.</param>
internal readonly record struct Assignment(ConsumerOutcome Outcome, Offer? Seen)
{
    public bool FollowsEverybody => Outcome is not (ConsumerOutcome.Own or ConsumerOutcome.Borrowed);

    public bool CountsAsExtra(Offer? winner) => !FollowsEverybody && Seen is not null && !ReferenceEquals(Seen, winner);
}
