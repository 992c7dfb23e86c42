using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class BodyReaderTests
{
    [Fact]
    public async Task A_body_may_take_any_time_as_long_as_no_pause_in_it_is_too_long()
    {
        var clock = new FakeTimeProvider();

        // A write ends when its byte has been taken.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        using var content = new StreamContent(pipe.Reader.AsStream());
        var reading = BodyReader.ReadAsync(content, 1_024, TimeSpan.FromSeconds(10), clock, TestContext.Current.CancellationToken).AsTask();
        for (var i = 0; i < 8; i++)
        {
            await Task.WhenAny(pipe.Writer.WriteAsync(new byte[1], TestContext.Current.CancellationToken).AsTask(), reading);
            clock.Advance(TimeSpan.FromSeconds(4));
        }

        await pipe.Writer.CompleteAsync();
        var body = await reading;
        Assert.Equal((BodyEnd.Complete, 8), (body.End, body.Length));
        body.Return();
    }
}
