using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class RedisCircuitTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RedisCircuit _circuit;

    public RedisCircuitTests()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _circuit = new RedisCircuit(_time, new RedisMetrics(meters), NullLogger<RedisCircuit>.Instance);
    }

    [Fact]
    public void One_late_answer_is_enough_and_four_quick_failures_are_not()
    {
        for (var i = 0; i < 4; i++)
        {
            _circuit.Failed(wasLate: false);
        }

        Assert.False(_circuit.IsOpen);
        _circuit.Succeeded(isTrial: false);
        _circuit.Failed(wasLate: false);
        Assert.False(_circuit.IsOpen);

        _circuit.Failed(wasLate: true);
        Assert.True(_circuit.IsOpen);
    }

    [Fact]
    public void Five_failures_in_a_row_open_it()
    {
        for (var i = 0; i < 5; i++)
        {
            _circuit.Failed(wasLate: false);
        }

        Assert.True(_circuit.IsOpen);
    }

    [Fact]
    public void The_pauses_grow_from_one_second_to_five_and_only_a_trial_ends_them()
    {
        _circuit.Failed(wasLate: true);
        foreach (var seconds in new[] { 1, 2, 4, 5, 5 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), _circuit.Remaining);
            _circuit.Succeeded(isTrial: false);
            _circuit.Failed(wasLate: true);
            Assert.Equal(TimeSpan.FromSeconds(seconds), _circuit.Remaining);
            _time.Advance(TimeSpan.FromSeconds(seconds));
            _circuit.Failed(wasLate: true);
        }

        _circuit.Succeeded(isTrial: true);
        Assert.False(_circuit.IsOpen);
        Assert.Equal(TimeSpan.Zero, _circuit.Remaining);
    }

    [Fact]
    public void A_relapse_goes_on_where_it_was_and_a_failure_after_a_good_while_begins_anew()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _circuit.Failed(wasLate: true);
        _circuit.Succeeded(isTrial: true);
        _time.Advance(TimeSpan.FromSeconds(3));
        _circuit.Failed(wasLate: true);
        Assert.Equal(TimeSpan.FromSeconds(2), _circuit.Remaining);

        _circuit.Succeeded(isTrial: true);
        _time.Advance(TimeSpan.FromSeconds(11));
        _circuit.Failed(wasLate: true);
        Assert.Equal(TimeSpan.FromSeconds(1), _circuit.Remaining);
    }
}
