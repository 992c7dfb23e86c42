using Microsoft.AspNetCore.Identity;

namespace UserService.Accounts;

/// <summary>Tells whether somebody is who they say they are, in the same time whether there is such a user or not.</summary>
internal sealed class Passwords(UserStore users)
{
    // Longer ones are refused before they are hashed: nobody types them, and hashing is what costs.
    public const int Longest = 200;

    private readonly PasswordHasher<string> _hasher = new();

    // What is checked when nobody has the address: as much work as for somebody's, and never right.
    private readonly Lazy<string> _nobodys = new(() => new PasswordHasher<string>().HashPassword("", Guid.NewGuid().ToString()));

    /// <returns>The user, or null: which of the two was wrong is nobody's to know.</returns>
    public async Task<User?> CheckAsync(string email, string password, CancellationToken ct)
    {
        var found = await users.FindAsync(email, ct);
        var known = found is { Password.Length: > 0 } ? found.Value.Password : _nobodys.Value;
        var result = await Task.Run(() => _hasher.VerifyHashedPassword("", known, password), ct);
        if (result == PasswordVerificationResult.Failed || found is not { } right || right.Password.Length == 0)
        {
            return null;
        }

        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await users.SetPasswordAsync(right.User.Id, _hasher.HashPassword("", password), ct);
        }

        return right.User;
    }
}
