namespace Stitcher.Upstream;

/// <summary>What one attempt says about the one who was asked.</summary>
internal enum Verdict
{
    /// <summary>Nothing: nobody waited for the answer, or it had too little time.</summary>
    None,

    /// <summary>It works.</summary>
    Well,

    /// <summary>It does not.</summary>
    Failed,
}
