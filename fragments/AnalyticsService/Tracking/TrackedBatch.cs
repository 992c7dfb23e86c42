using System.Text.Json;

namespace AnalyticsService.Tracking;

/// <summary>What a browser sends at once.</summary>
/// <param name="Visitor">A number it made up for today, 8 to 60 letters, digits and hyphens.</param>
/// <param name="Events">1 to <see cref="TrackLimits.Events"/> of them.</param>
internal sealed record TrackedBatch(string? Visitor, JsonElement[]? Events);
