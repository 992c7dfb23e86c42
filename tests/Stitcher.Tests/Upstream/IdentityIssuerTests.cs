using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Stitcher.Configuration;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class IdentityIssuerTests
{
    [Fact]
    public void Planning_the_pages_anew_signs_nothing_anew_unless_the_key_is_another()
    {
        var issuer = new IdentityIssuer(new FakeTimeProvider(DateTimeOffset.UtcNow));
        var visitor = new Visitor("42", null, [], 0);

        var first = Token(1);

        Assert.Equal(first, Token(1));
        Assert.NotEqual(first, Token(2));

        string Token(byte key) => issuer
            .For(new IdentityOptions(), new SigningCredentials(new SymmetricSecurityKey([.. Enumerable.Repeat(key, 32)]), SecurityAlgorithms.HmacSha256))
            .For("orders", new HashSet<string>(), visitor);
    }
}
