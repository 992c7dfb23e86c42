using System.Security.Cryptography;
using System.Text;
using Stitcher.Configuration;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>The operators' tokens, kept as digests. Looking one up takes as long for a wrong one as for a right one.</summary>
internal sealed class ManagementTokens(CatalogState catalog)
{
    private const string Scheme = "Bearer ";

    private Known _known = new(null, []);

    private sealed record Known(PageCatalog? Catalog, IReadOnlyList<Entry> Entries);

    private sealed record Entry(byte[] Digest, ManagementTokenOptions Token);

    public bool Any => Current().Count > 0;

    /// <returns>Whose token the header carries; null if nobody's.</returns>
    public ManagementTokenOptions? Find(string? authorization)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var digest = Digest(authorization[Scheme.Length..].Trim());
        ManagementTokenOptions? found = null;
        foreach (var entry in Current())
        {
            found = CryptographicOperations.FixedTimeEquals(entry.Digest, digest) ? entry.Token : found;
        }

        return found;
    }

    // Files are read once for each configuration.
    private IReadOnlyList<Entry> Current()
    {
        var (known, current) = (_known, catalog.Current);
        if (!ReferenceEquals(known.Catalog, current))
        {
            var entries = current.Options.Management.Tokens
                .Select(token => (token, secret: ManagementTokenRules.SecretOf(token)))
                .Where(pair => pair.secret is not null)
                .Select(pair => new Entry(Digest(pair.secret!), pair.token));
            _known = known = new Known(current, [.. entries]);
        }

        return known.Entries;
    }

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
