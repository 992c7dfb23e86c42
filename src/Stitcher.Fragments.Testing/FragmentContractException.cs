namespace Stitcher.Fragments.Testing;

/// <summary>A fragment breaks the contract with gateways. The message says all that was found, one line each, with the place where there is one.</summary>
public sealed class FragmentContractException : Exception
{
    /// <summary>Made by the checks.</summary>
    public FragmentContractException()
    {
    }

    /// <summary>Made by the checks.</summary>
    /// <param name="message">What was found.</param>
    public FragmentContractException(string message)
        : base(message)
    {
    }

    /// <summary>Made by the checks.</summary>
    /// <param name="message">What was found.</param>
    /// <param name="innerException">What it was found by.</param>
    public FragmentContractException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
