using System.Buffers.Binary;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Stitcher.Fragments.Forms;

/// <summary>
/// Makes and checks what a form carries to prove that this service wrote it, for this session, not long ago. A page of somebody else can post a form here;
/// it cannot know this.
/// </summary>
internal sealed class FormTokens(IDataProtectionProvider protection, IOptions<FragmentServiceOptions> options, TimeProvider time)
{
    private const int TicksLength = sizeof(long);

    /// <summary>Where a request's context says that its answer holds a token.</summary>
    public static readonly object Written = new();

    // Who has no session has this in its place, which no session's name can be.
    private const string Nobody = "nobody";

    /// <summary>How long a form may stay open: a working day and a half.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public string For(string form, ClaimsPrincipal user)
    {
        var session = Encoding.UTF8.GetBytes(SessionOf(user));
        var payload = new byte[TicksLength + session.Length];
        BinaryPrimitives.WriteInt64BigEndian(payload, (time.GetUtcNow() + Lifetime).UtcTicks);
        session.CopyTo(payload, TicksLength);
        return WebEncoders.Base64UrlEncode(Protector(form).Protect(payload));
    }

    public bool IsValid(string form, ClaimsPrincipal user, string token)
    {
        try
        {
            var payload = Protector(form).Unprotect(WebEncoders.Base64UrlDecode(token));
            return payload.Length > TicksLength
                && BinaryPrimitives.ReadInt64BigEndian(payload) > time.GetUtcNow().UtcTicks
                && CryptographicOperations.FixedTimeEquals(payload.AsSpan(TicksLength), Encoding.UTF8.GetBytes(SessionOf(user)));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static string SessionOf(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true ? $"{user.FindFirst("sub")?.Value}\n{user.FindFirst("sid")?.Value}" : Nobody;

    private IDataProtector Protector(string form) => protection.CreateProtector("Stitcher.Fragments.FormToken", options.Value.Service, form);
}
