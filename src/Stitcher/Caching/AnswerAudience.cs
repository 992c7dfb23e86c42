namespace Stitcher.Caching;

/// <summary>For whom an answer is, by what its request said of who asks.</summary>
internal enum AnswerAudience
{
    /// <summary>The request said nothing of who asks.</summary>
    Everyone,

    /// <summary>It did, and the key does not tell visitors apart: everybody's only if the service says so. Until its headers are here, nobody else may wait for it.</summary>
    EveryoneIfPublic,

    /// <summary>One signed-in user in one session, whom the key names.</summary>
    OneUser,

    /// <summary>Only the one who asks now.</summary>
    Nobody,
}
