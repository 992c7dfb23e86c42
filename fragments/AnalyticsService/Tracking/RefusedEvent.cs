namespace AnalyticsService.Tracking;

/// <summary>An event that was not taken.</summary>
/// <param name="Event">Its place in the batch, from 0.</param>
/// <param name="Problem">What is wrong with it, in a sentence.</param>
internal sealed record RefusedEvent(int Event, string Problem);
