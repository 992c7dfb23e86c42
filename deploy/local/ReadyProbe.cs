namespace Stitcher.Local;

/// <summary>Asks a starting process again and again until it answers with success.</summary>
internal sealed class ReadyProbe(HttpClient client, TimeProvider time)
{
    /// <summary>A cold machine under load needs seconds; after this something is wrong.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the process is ready.</summary>
    /// <returns>How long that took from its start.</returns>
    /// <exception cref="ShopStartException">It ended, or was not ready in time.</exception>
    public async Task<TimeSpan> WaitAsync(ShopProcess process, CancellationToken stopping)
    {
        var plan = process.Plan;
        var last = "no answer yet";
        while (time.GetElapsedTime(process.StartedAt) < Limit)
        {
            if (process.Ended.IsCompleted)
            {
                throw new ShopStartException(
                    $"{plan.Name} did not start: it ended ({await process.Ended}) before it was ready at {plan.Address.GetLeftPart(UriPartial.Authority)}; what it said is above.");
            }

            var failure = await AskAsync(plan.ReadyAddress, stopping);
            if (failure is null)
            {
                return time.GetElapsedTime(process.StartedAt);
            }

            last = failure;
            await Task.Delay(Pause, time, stopping);
        }

        throw new ShopStartException(
            $"{plan.Name} did not start: {plan.ReadyAddress} was not well within {Limit.TotalSeconds:0} s (last: {last}); what it said is above.");
    }

    private async Task<string?> AskAsync(Uri address, CancellationToken stopping)
    {
        try
        {
            using var response = await client.GetAsync(address, stopping);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError == HttpRequestError.ConnectionError ? "nobody listens" : e.Message;
        }
        catch (TaskCanceledException) when (!stopping.IsCancellationRequested)
        {
            return $"no answer within {client.Timeout.TotalSeconds:0} s";
        }
    }
}
