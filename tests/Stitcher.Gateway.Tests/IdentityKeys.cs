using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>A signing key in a file of its own, and a reader of tokens that shares no code with the gateway.</summary>
internal sealed class IdentityKeys : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public IdentityKeys()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "key.pem"), _key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Where the gateway finds the key.</summary>
    public string Reference => "file:" + Path.Combine(_folder.Path, "key.pem");

    /// <summary>What the token says, once its signature holds.</summary>
    public JsonElement Read(string token)
    {
        var parts = token.Split('.');
        Assert.Equal("ES256", JsonDocument.Parse(Decode(parts[0])).RootElement.GetProperty("alg").GetString());
        Assert.True(_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decode(parts[2]), HashAlgorithmName.SHA256), "the signature holds");
        return JsonDocument.Parse(Decode(parts[1])).RootElement;
    }

    /// <summary>Who asks, as a request's token says.</summary>
    public string SubjectOf(ReceivedRequest request) =>
        request.Headers.TryGetValue("Stitcher-Identity", out var token) ? Read(token).GetProperty("sub").GetString()! : "nobody";

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private static byte[] Decode(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
