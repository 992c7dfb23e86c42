namespace Stitcher.Configuration;

/// <summary>What is remembered of a service's answers to requests that say who asks: with a forwarded cookie or an identity token.</summary>
public enum PrivateAnswers
{
    /// <summary>Nothing.</summary>
    NotStored,

    /// <summary>Every answer, for the one signed-in user and session that it was made for, in this gateway's memory, for at most 60 s. Forgotten at sign-out.
    /// Without a signed-in user nothing.</summary>
    Partitioned,

    /// <summary>What the service itself declares to be everybody's by <c>public</c> or <c>s-maxage</c>, for everybody.</summary>
    Shared,
}
