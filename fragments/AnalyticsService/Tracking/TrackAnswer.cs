namespace AnalyticsService.Tracking;

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Events that are written down.</param>
/// <param name="Repeated">Events that had been written down before.</param>
/// <param name="Refused">Events that make no sense; sending them again is of no use.</param>
internal sealed record TrackAnswer(int Accepted, int Repeated, IReadOnlyList<RefusedEvent> Refused);
