using System.Diagnostics.Metrics;

namespace Stitcher.Diagnostics;

/// <summary>The engine's measurements: one per page, one per slot. The names are a contract with dashboards.</summary>
internal sealed class StitcherMetrics
{
    public const string MeterName = "Stitcher";

    private readonly Histogram<double> _pageDuration;
    private readonly Counter<long> _slots;

    public StitcherMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _pageDuration = meter.CreateHistogram<double>("stitcher.page.duration", "s", "Time from a page's request to its last byte.");
        _slots = meter.CreateCounter<long>("stitcher.slots", "{slot}", "Slots written, by what became of them.");
    }

    public bool MeasuresPages => _pageDuration.Enabled;

    public bool MeasuresSlots => _slots.Enabled;

    public void PageWritten(string page, int status, TimeSpan duration) =>
        _pageDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("stitcher.page", page), new("http.response.status_code", status));

    public void SlotWritten(string service, string fragment, string outcome, string failure) =>
        _slots.Add(1, new("stitcher.service", service), new("stitcher.fragment", fragment), new("stitcher.outcome", outcome), new("stitcher.failure", failure));
}
