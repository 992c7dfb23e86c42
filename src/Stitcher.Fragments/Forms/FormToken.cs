namespace Stitcher.Fragments.Forms;

/// <summary>What every form of a service carries against forms of strangers: <see cref="FragmentContext.FormToken"/> writes it, <c>RequireFormToken</c> checks it.</summary>
public static class FormToken
{
    /// <summary>The name of the field: <c>form-token</c>.</summary>
    public const string Field = "form-token";

    /// <summary>What is told to somebody whose token does not hold any more: it is older than 12 h, or they have signed in or out since.</summary>
    public const string Outdated = "This form had been open for too long. Please send it again.";
}
