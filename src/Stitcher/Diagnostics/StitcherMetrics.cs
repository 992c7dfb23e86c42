using System.Diagnostics.Metrics;

namespace Stitcher.Diagnostics;

/// <summary>The engine's measurements: one per page, one per slot. The names are a contract with dashboards.</summary>
internal sealed class StitcherMetrics
{
    public const string MeterName = "Stitcher";

    private readonly Histogram<double> _pageDuration;
    private readonly Counter<long> _slots;
    private readonly Counter<long> _compiled;
    private readonly Counter<long> _refusedCookies;
    private readonly Gauge<int> _circuit;
    private readonly Counter<long> _secondAttempts;
    private readonly Counter<long> _overloads;
    private readonly Counter<long> _ejections;
    private readonly Counter<long> _unstored;
    private readonly Counter<long> _purged;
    private readonly Meter _meter;
    private readonly Counter<long> _turnedAway;
    private int _configIsValid;

    public StitcherMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _pageDuration = meter.CreateHistogram<double>("stitcher.page.duration", "s", "Time from a page's request to its last byte.");
        _slots = meter.CreateCounter<long>("stitcher.slots", "{slot}", "Slots written, by what became of them.");
        _compiled = meter.CreateCounter<long>(
            "stitcher.fragments.compiled", "{fragment}", "Bodies made into markup, by way: memo (recalled), proof (copied as they are), mend (end tags added or taken out), parser.");
        _refusedCookies = meter.CreateCounter<long>("stitcher.cookies.refused", "{cookie}", "Cookies of fragments that were kept from browsers, by reason.");
        _circuit = meter.CreateGauge<int>("stitcher.circuit.state", null, "A service's circuit: 0 closed, 1 tried by one question, 2 open.");
        _secondAttempts = meter.CreateCounter<long>("stitcher.attempts.second", "{attempt}", "Questions asked a second time, by reason: retry, hedge.");
        _overloads = meter.CreateCounter<long>("stitcher.overloads", "{fragment}", "Questions not asked, since as many as may be were on their way.");
        _ejections = meter.CreateCounter<long>("stitcher.destinations.ejected", "{destination}", "Destinations taken out for a while after repeated failures.");
        _unstored = meter.CreateCounter<long>("stitcher.cache.unstored", "{answer}", "Answers that could be shown and were not remembered, by reason.");
        _purged = meter.CreateCounter<long>("stitcher.cache.purged", "{fragment}", "Remembered fragments that purges met, by kind.");
        _turnedAway = meter.CreateCounter<long>("stitcher.requests.refused", "{request}", "Requests refused at the door, by reason: pages (as many as may be are under way), rate and forms (one client sends too many requests, or forms), origin (a form of another site).");
        meter.CreateObservableGauge("stitcher.config.valid", () => Volatile.Read(ref _configIsValid), null, "1 while the configuration as it is written is in force, 0 while a change of it is refused.");
    }

    public bool MeasuresPages => _pageDuration.Enabled;

    public bool MeasuresSlots => _slots.Enabled;

    public void PageWritten(string page, int status, TimeSpan duration) =>
        _pageDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("stitcher.page", page), new("http.response.status_code", status));

    public void SlotWritten(string service, string fragment, string outcome, string failure) =>
        _slots.Add(1, new("stitcher.service", service), new("stitcher.fragment", fragment), new("stitcher.outcome", outcome), new("stitcher.failure", failure));

    /// <param name="service">Who sent the body.</param>
    /// <param name="way"><c>memo</c>, <c>proof</c>, <c>mend</c> or <c>parser</c>, from cheap to dear.</param>
    public void FragmentCompiled(string service, string way)
    {
        if (_compiled.Enabled)
        {
            _compiled.Add(1, new KeyValuePair<string, object?>("stitcher.service", service), new("stitcher.way", way));
        }
    }

    /// <summary>Whether the configuration as it is written now is in force.</summary>
    public void ConfigIsValid(bool valid) => Volatile.Write(ref _configIsValid, valid ? 1 : 0);

    /// <param name="reason"><c>pages</c> or <c>rate</c>.</param>
    public void RequestRefused(string reason) => _turnedAway.Add(1, new KeyValuePair<string, object?>("stitcher.reason", reason));

    public void CircuitIs(string service, int state) => _circuit.Record(state, new KeyValuePair<string, object?>("stitcher.service", service));

    /// <param name="service">Who is asked again.</param>
    /// <param name="reason"><c>retry</c> or <c>hedge</c>.</param>
    public void AskedAgain(string service, string reason) => _secondAttempts.Add(1, new("stitcher.service", service), new("stitcher.reason", reason));

    public void ServiceOverloaded(string service) => _overloads.Add(1, new KeyValuePair<string, object?>("stitcher.service", service));

    public void DestinationEjected(string cluster, string destination) =>
        _ejections.Add(1, new("stitcher.cluster", cluster), new("stitcher.destination", destination));

    public void CookieRefused(string service, string reason) => _refusedCookies.Add(1, new("stitcher.service", service), new("stitcher.reason", reason));

    public void AnswerNotStored(string service, string reason) => _unstored.Add(1, new("stitcher.service", service), new("stitcher.reason", reason));

    public void FragmentsPurged(bool soft, int count) => _purged.Add(count, new KeyValuePair<string, object?>("stitcher.kind", soft ? "soft" : "hard"));

    /// <summary>Measures the cache when somebody looks.</summary>
    /// <param name="bytes">What its entries take.</param>
    /// <param name="entries">How many there are.</param>
    /// <param name="evicted">How many made room for others so far.</param>
    public void WatchCache(Func<long> bytes, Func<int> entries, Func<long> evicted)
    {
        _meter.CreateObservableUpDownCounter("stitcher.cache.size", bytes, "By", "What remembered fragments take, their keys and metadata included.");
        _meter.CreateObservableUpDownCounter("stitcher.cache.entries", entries, "{fragment}", "Remembered fragments.");
        _meter.CreateObservableCounter("stitcher.cache.evicted", evicted, "{fragment}", "Remembered fragments that made room for others.");
    }
}
