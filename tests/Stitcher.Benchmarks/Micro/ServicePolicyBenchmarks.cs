using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Stitcher.Diagnostics;
using Stitcher.Upstream;

namespace Stitcher.Benchmarks.Micro;

/// <summary>What stands around a question to a service, beside the question: limit, time, second attempt, circuit. The answer is there at once.</summary>
[MemoryDiagnoser]
public class ServicePolicyBenchmarks : IDisposable
{
    private static readonly UpstreamRequest Request = new("Card", "/card");
    private static readonly ResponseTerms Terms = new() { BodyBytes = 1_000 };
    private readonly UpstreamResponse _answer = UpstreamResponse.Proxied(200, default, null, null, []);
    private readonly CancellationTokenSource _browser = new();
    private ServicePolicies? _plain;
    private ServicePolicies? _hedging;

    [GlobalSetup]
    public void Setup()
    {
        var metrics = new StitcherMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        _plain = Create(ResilienceSettings.Default);
        _hedging = Create(ResilienceSettings.Default with { Hedge = true });

        ServicePolicies Create(ResilienceSettings settings) =>
            new("cards", settings, new ServiceCircuit("cards", settings, TimeProvider.System, metrics, NullLogger.Instance), static () => true, static _ => true, static _ => true, TimeProvider.System, metrics);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _browser.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public async ValueTask<bool> Bare() => (await AnswerAsync(this)).Succeeded;

    [Benchmark]
    public async ValueTask<bool> Policies() => (await AskAsync(_plain!)).Succeeded;

    [Benchmark]
    public async ValueTask<bool> PoliciesWithHedging() => (await AskAsync(_hedging!)).Succeeded;

    private async ValueTask<UpstreamResponse> AskAsync(ServicePolicies policies)
    {
        using var lease = policies.Questions.AttemptAcquire();
        var call = new UpstreamCall(Request, TimeSpan.FromSeconds(1), default, Terms, TimeProvider.System, _browser.Token);
        var context = ResilienceContextPool.Shared.Get(_browser.Token);
        policies.Enter();
        try
        {
            context.Properties.Set(ServicePolicies.Call, call);
            var outcome = await policies.Pipeline.ExecuteOutcomeAsync(
                static async (_, state) =>
                {
                    var answer = await AnswerAsync(state.Benchmark);
                    await state.Policies.Circuit.RecordAsync(Verdicts.OnService(answer, state.Call));
                    return Outcome.FromResult(answer);
                },
                context,
                (Benchmark: this, Policies: policies, Call: call));
            return outcome.Result!;
        }
        finally
        {
            policies.Leave(call);
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ValueTask<UpstreamResponse> AnswerAsync(ServicePolicyBenchmarks benchmark) => new(benchmark._answer);
}
