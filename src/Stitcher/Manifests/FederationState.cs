using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>Holds the current snapshot and tells when it was replaced.</summary>
internal sealed class FederationState(TimeProvider? time = null, ILogger<FederationState>? logger = null)
{
    // Pages older than that are loaded anew when they ask for more.
    private const int MostGenerations = 16;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _changing = new();
    private readonly Dictionary<string, KnownService> _services = new(StringComparer.Ordinal);
    private FederationSnapshot _current = FederationSnapshot.None;
    private GenerationMap[] _generations = [];
    private HashSet<string> _expected = [];
    private FederationTerms _terms = FederationTerms.Usual;
    private readonly FederationNews _news = new(logger);
    private readonly ConcurrentDictionary<string, string?> _troubles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FederationDiagnostic> _waits = new(StringComparer.Ordinal);

    /// <summary>Pages have to be planned anew.</summary>
    public event Action? Changed;

    public FederationSnapshot Current => Volatile.Read(ref _current);

    /// <summary>The map of a generation that pages may still have; null for one that was not published here, or long ago.</summary>
    public ImportMapResolver? ResolverOf(string generation) =>
        // Requests ask for it: they must not wait while a map is negotiated, which with many services takes its time.
        Array.Find(Volatile.Read(ref _generations), known => known.Generation == generation)?.Resolver;

    /// <summary>Why the last map was not published; null when it was.</summary>
    public string? LastRefusal { get; private set; }

    /// <summary>What the revision of a service that had to wait last would have brought about; null when none had to.</summary>
    public FederationDiagnostic? WaitsFor(string service) => _waits.GetValueOrDefault(service);

    /// <summary>What changed lately.</summary>
    public FederationHistory History { get; } = new();

    /// <summary>Why the last look at a service's manifest brought nothing that counts; null when it did.</summary>
    public string? TroubleOf(string service) => _troubles.GetValueOrDefault(service);

    /// <summary>Services with a manifest of which nothing is known yet, not even that it cannot be had.</summary>
    public IReadOnlyList<string> Awaited
    {
        get
        {
            lock (_changing)
            {
                return [.. _expected.Where(name => !_services.ContainsKey(name) && !_troubles.ContainsKey(name)).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Notes why a look brought nothing that counts, or that it did.</summary>
    public void Tell(string service, string? trouble) => _troubles[service] = trouble;

    /// <summary>Says which services have a manifest, and what the operator wants; what is known of others is forgotten.</summary>
    public void Expect(IEnumerable<string> services, FederationTerms? terms = null)
    {
        var before = Current.Generation;
        lock (_changing)
        {
            var expected = services.ToHashSet(StringComparer.Ordinal);
            var wanted = terms ?? _terms;
            if (expected.SetEquals(_expected) && wanted.Settings == _terms.Settings)
            {
                return;
            }

            _expected = expected;
            _terms = wanted;
            foreach (var name in _services.Keys.Where(name => !expected.Contains(name)).ToList())
            {
                _services.Remove(name);
            }

            Publish(_services);
        }

        if (before != Current.Generation)
        {
            Changed?.Invoke();
        }
    }

    /// <summary>Takes what an earlier gateway knew, unless there is newer knowledge.</summary>
    public void Restore(KnownService service)
    {
        lock (_changing)
        {
            if (_expected.Contains(service.Name) && _services.TryAdd(service.Name, service))
            {
                Publish(_services, isRemembered: true);
            }
        }
    }

    /// <summary>Takes what an earlier gateway told of changes.</summary>
    public void RestoreHistory(IReadOnlyList<FederationChange> changes) => History.Restore(changes, _time.GetUtcNow());

    public KnownService? Find(string service)
    {
        lock (_changing)
        {
            return _services.GetValueOrDefault(service);
        }
    }

    /// <summary>Takes a manifest that a look found, or somebody pushed.</summary>
    /// <param name="service">Whose it is.</param>
    /// <param name="manifest">What it says.</param>
    /// <param name="bytes">As it came, for those who remember it.</param>
    /// <param name="isPushed">Somebody who may says that it is the current one, even if it is older.</param>
    public ManifestVerdict Take(string service, ServiceManifest manifest, ReadOnlyMemory<byte> bytes = default, bool isPushed = false)
    {
        ManifestVerdict verdict;
        lock (_changing)
        {
            if (!_expected.Contains(service))
            {
                return ManifestVerdict.Unexpected;
            }

            verdict = Consider(service, manifest, bytes, isPushed);
        }

        if (verdict is ManifestVerdict.Promoted or ManifestVerdict.Updated)
        {
            Changed?.Invoke();
        }

        return verdict;
    }

    /// <summary>Notes how a look ended, and what time has done since.</summary>
    /// <param name="service">Who was looked at.</param>
    /// <param name="isSeen">It answered.</param>
    /// <param name="assetsUp">Its files can be fetched, or are kept.</param>
    public void Note(string service, bool isSeen, bool assetsUp)
    {
        var before = Current.Generation;
        lock (_changing)
        {
            var now = _time.GetUtcNow();
            if (_services.TryGetValue(service, out var known))
            {
                _services[service] = known with { LastSeen = isSeen ? now : known.LastSeen, AssetsUp = assetsUp };
            }

            foreach (var (name, each) in _services.ToList())
            {
                _services[name] = each.WithoutWhatEnded(now, _terms.Retention);
            }

            if (!IsPublished(now))
            {
                Publish(_services);
            }
        }

        if (before != Current.Generation)
        {
            Changed?.Invoke();
        }
    }

    private ManifestVerdict Consider(string service, ServiceManifest manifest, ReadOnlyMemory<byte> bytes, bool isPushed)
    {
        var now = _time.GetUtcNow();
        var seen = new KnownRevision(service, manifest, bytes, now);
        if (!_services.TryGetValue(service, out var known))
        {
            return Try(new KnownService(seen, now)) ? ManifestVerdict.Promoted : ManifestVerdict.MapRefused;
        }

        var first = known.Revisions.FirstOrDefault(r => r.Manifest.Revision == manifest.Revision);
        var changed = first is null ? [] : ManifestHistory.ChangedBytes(first.Manifest, manifest);
        foreach (var problem in changed)
        {
            logger?.ManifestProblem(service, problem.Code, problem.Subject, problem.Message);
        }

        if (!changed.IsEmpty)
        {
            return ManifestVerdict.BytesChanged;
        }

        var next = known.After(seen, isPushed, now, out var verdict);
        if (verdict is ManifestVerdict.Older or ManifestVerdict.Unchanged)
        {
            _services[service] = next;
            return verdict;
        }

        if (verdict == ManifestVerdict.Promoted && MustWait(next, known, now, isPushed))
        {
            return ManifestVerdict.Held;
        }

        return Try(next) ? verdict : ManifestVerdict.MapRefused;
    }

    // Once no copy answers with the revision before, holding on to its modules would only leave the new one's markup without any.
    private bool MustWait(KnownService next, KnownService known, DateTimeOffset now, bool isPushed)
    {
        if (!_terms.Hold.IsWanted || now - (isPushed ? known.LastSeen : known.WaitingSince ?? now) > _terms.FreshFor
            || _terms.Hold.ReasonIn(Negotiate(With(next)).Result, Current.Result) is not { } conflict)
        {
            return false;
        }

        _waits[known.Name] = conflict;
        if (!isPushed)
        {
            _services[known.Name] = known with { LastSeen = now, Older = default, WaitingSince = known.WaitingSince ?? now };
        }

        return true;
    }

    private bool Try(KnownService next)
    {
        if (!Publish(With(next)))
        {
            return false;
        }

        _services[next.Name] = next;
        return true;
    }

    private Dictionary<string, KnownService> With(KnownService next) => new(_services, StringComparer.Ordinal) { [next.Name] = next };

    private FederationSnapshot Negotiate(IReadOnlyDictionary<string, KnownService> services) =>
        FederationSnapshot.Make(services, _terms, _time.GetUtcNow(), hasMap: true, Current);

    private bool IsPublished(DateTimeOffset now) => _services.Values.All(known =>
        Current.Portfolio.Services.Where(s => s.Name == known.Name).ToList() is var published
        && published.Count == known.Revisions.Count()
        && published.TrueForAll(s => s.State == known.StateAt(now, _terms) && s.AssetsUp == known.AssetsUp));

    // With a map that would not do what was decided, pages keep the one before it.
    private bool Publish(IReadOnlyDictionary<string, KnownService> services, bool isRemembered = false)
    {
        if (_expected.Count == 0)
        {
            Show(FederationSnapshot.None);
            return true;
        }

        var next = Negotiate(services);
        if (!next.Result.IsPublishable)
        {
            var fault = next.Result.Faults[0];
            var refusal = $"{fault.Service} would get '{fault.Specifier}' from {fault.Actual ?? "nowhere"} and not from {fault.Expected ?? "anywhere"}";
            if (refusal != LastRefusal)
            {
                LastRefusal = refusal;
                logger?.MapRefused(next.Result.Faults.Length, refusal);
            }

            return false;
        }

        LastRefusal = null;
        _news.Tell(next, Current, _expected);
        Show(next, isRemembered);
        return true;
    }

    private void Show(FederationSnapshot next, bool isRemembered = false)
    {
        History.Note(next.Portfolio, next.Result, next.Generation, _time.GetUtcNow(), isRemembered);
        if (next.Generation is not null && _generations.All(known => known.Generation != next.Generation))
        {
            Volatile.Write(ref _generations, [new GenerationMap(next.Generation, new ImportMapResolver(next.Result.Map)), .. _generations.Take(MostGenerations - 1)]);
        }

        Volatile.Write(ref _current, next);
    }
}
