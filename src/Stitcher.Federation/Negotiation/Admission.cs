using Stitcher.Federation.Manifests;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>Makes participants of services: who counts at all, and what their versions and ranges mean.</summary>
internal sealed class Admission(DiagnosticLog log)
{
    // The same few texts come from every service.
    private readonly Dictionary<string, PackageVersion?> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VersionRange?> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<PackageVersion, VersionRange> _carets = [];
    private readonly Dictionary<(VersionRange, PackageVersion), bool> _answers = [];

    public List<Participant> Admit(IEnumerable<PortfolioService> services)
    {
        var admitted = new List<Participant>();
        foreach (var service in services)
        {
            if (service.State == ManifestState.Expired)
            {
                log.Say(FederationCodes.ManifestExpired, service.Id);
                continue;
            }

            if (service.State == ManifestState.Stale)
            {
                log.Say(FederationCodes.LastKnownGood, service.Id);
            }

            admitted.Add(Admit(service));
        }

        admitted.Sort(Participant.Compare);
        return admitted;
    }

    private Participant Admit(PortfolioService service)
    {
        var rows = new SortedDictionary<string, PackageRow>(StringComparer.Ordinal);
        foreach (var shared in service.Manifest.Shared)
        {
            rows.TryAdd(shared.Package, Understand(service.Id, shared));
        }

        var participant = new Participant(service, rows);
        if (!service.AssetsUp)
        {
            participant.IsWithheld = true;
            if (service.Manifest.Exposes.Any(static exposed => exposed.Module is not null))
            {
                log.Say(FederationCodes.ExposesWithheld, service.Id);
            }
        }

        return participant;
    }

    private PackageRow Understand(string service, SharedPackage shared)
    {
        var version = Version(shared.Version);
        if (version is null && shared.Version is not null)
        {
            log.Say(FederationCodes.BadVersion, service, shared.Package, shared.Version);
        }

        var row = new PackageRow(shared, version, RangeOf(service, shared, version), Requires(service, shared), _answers);
        if (row.Provides && !row.Accepts(version!))
        {
            log.Say(FederationCodes.OwnVersionOutsideRange, service, shared.Package, $"{version!.Plain} vs {row.Range}");
        }

        return row;
    }

    private VersionRange RangeOf(string service, SharedPackage shared, PackageVersion? version)
    {
        if (shared.AnyVersion)
        {
            return VersionRange.Any;
        }

        if (shared.RequiredVersion is { } text)
        {
            if (Range(text) is { } range)
            {
                return range;
            }

            log.Say(FederationCodes.BadRange, service, shared.Package, text);
            return Default(version);
        }

        var taken = Default(version);
        log.Say(FederationCodes.RangeDefaulted, service, shared.Package, taken.ToString());
        return taken;
    }

    private List<(string, VersionRange)> Requires(string service, SharedPackage shared)
    {
        var requires = new List<(string, VersionRange)>(shared.Requires.Count);
        foreach (var (package, text) in shared.Requires)
        {
            if (package == shared.Package)
            {
                continue;
            }

            if (Range(text) is not { } range)
            {
                log.Say(FederationCodes.BadRange, service, shared.Package, text);
                range = VersionRange.Any;
            }

            requires.Add((package, range));
        }

        return requires;
    }

    private VersionRange Default(PackageVersion? version)
    {
        if (version is null)
        {
            return VersionRange.Any;
        }

        if (!_carets.TryGetValue(version, out var caret))
        {
            _carets.Add(version, caret = VersionRange.CaretOf(version));
        }

        return caret;
    }

    private PackageVersion? Version(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!_versions.TryGetValue(text, out var version))
        {
            _versions[text] = version = PackageVersion.TryParse(text, out var parsed) ? parsed : null;
        }

        return version;
    }

    private VersionRange? Range(string text)
    {
        if (!_ranges.TryGetValue(text, out var range))
        {
            _ranges[text] = range = VersionRange.TryParseNpm(text, out var parsed) ? parsed : null;
        }

        return range;
    }
}
