using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrderService.Checkouts;

/// <summary>What tells one sending of a form from another: made anew for each form that is shown.</summary>
internal static class CheckoutKey
{
    private const int Bytes = 16;
    private const int Length = 22;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsOne(string text) => text.Length == Length && Base64Url.IsValid(text);
}
