using Stitcher.Federation.Manifests;

namespace Stitcher.Manifests;

/// <summary>Holds the current snapshot and tells when it was replaced.</summary>
internal sealed class FederationState
{
    private readonly Lock _changing = new();
    private Dictionary<string, ServiceManifest> _manifests = new(StringComparer.Ordinal);
    private FederationSnapshot _current = FederationSnapshot.None;
    private HashSet<string> _expected = [];

    public event Action? Changed;

    public FederationSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Says which services have a manifest; what is known of others is forgotten.</summary>
    public void Expect(IEnumerable<string> services)
    {
        lock (_changing)
        {
            var expected = services.ToHashSet(StringComparer.Ordinal);
            if (expected.SetEquals(_expected))
            {
                return;
            }

            _expected = expected;
            _manifests = _manifests.Where(m => expected.Contains(m.Key)).ToDictionary(StringComparer.Ordinal);
            Publish();
        }
    }

    public void Take(string service, ServiceManifest manifest)
    {
        lock (_changing)
        {
            if (!_expected.Contains(service))
            {
                return;
            }

            _manifests[service] = manifest;
            Publish();
        }

        Changed?.Invoke();
    }

    private void Publish() =>
        Volatile.Write(ref _current, _expected.Count == 0 ? FederationSnapshot.None : FederationSnapshot.Of(_manifests));
}
