using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrderService.Carts;

/// <summary>The secret by which a browser knows its cart: 24 random bytes, which nobody guesses.</summary>
internal sealed class CartId
{
    private const int Bytes = 24;
    private const int Length = 32;

    private CartId(string text) => Text = text;

    /// <value>What stands in the cookie.</value>
    public string Text { get; }

    /// <value>What the database knows the cart by: a hash, so that a copy of the file opens nobody's cart.</value>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    public static CartId New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <returns>Null for a text that this service cannot have written.</returns>
    public static CartId? Read(string? text) => text is { Length: Length } && Base64Url.IsValid(text) ? new(text) : null;

    /// <summary>Never the secret: what is written to a log by mistake must not open a cart.</summary>
    public override string ToString() => "a cart's id";
}
