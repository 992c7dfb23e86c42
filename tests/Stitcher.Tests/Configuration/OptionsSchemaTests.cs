using System.Reflection;
using System.Text.RegularExpressions;
using Stitcher.Configuration;
using Stitcher.Tests.Conventions;
using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class OptionsSchemaTests
{
    private const string Schema = "src/Stitcher/stitcher.appsettings.schema.json";

    [Fact]
    public void The_schema_beside_the_library_describes_the_options_as_they_are()
    {
        var written = OptionsSchema.Write();
        if (Environment.GetEnvironmentVariable("STITCHER_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root.FullName, Schema), written);
        }

        Assert.True(
            Repository.Read(Schema) == written,
            $"{Schema} is out of date; write it anew by running this test with the environment variable STITCHER_WRITE_SCHEMA=1.");
    }

    [Fact]
    public void Every_number_and_time_has_a_range_that_its_documentation_tells_and_its_default_keeps()
    {
        var options = new StitcherOptions();
        foreach (var group in new object[] { options.Limits, options.Cache, options.Federation, new PageOptions(), options.Management, new ServiceOptions(), new ResilienceOptions(), new CircuitOptions(), new FragmentOptions() })
        {
            foreach (var property in group.GetType().GetProperties().Where(p => p.PropertyType == typeof(int) || p.PropertyType == typeof(long) || p.PropertyType == typeof(TimeSpan)))
            {
                var (smallest, largest) = Assert.NotNull(OptionValue.Bounds(property));
                Assert.InRange((IComparable)property.GetValue(group)!, smallest, largest);
            }
        }
    }

    [Theory]
    [InlineData(typeof(LimitOptions), nameof(LimitOptions.SlotsPerPage), "1 to 1,024", "1", "1024")]
    [InlineData(typeof(LimitOptions), nameof(LimitOptions.FragmentBytes), "1 KB to 16 MB", "1024", "16777216")]
    [InlineData(typeof(LimitOptions), nameof(LimitOptions.FragmentElements), "1 to 1,000,000", "1", "1000000")]
    [InlineData(typeof(LimitOptions), nameof(LimitOptions.FragmentDepth), "8 to 512", "8", "512")]
    [InlineData(typeof(LimitOptions), nameof(LimitOptions.ParseTime), "1 ms to 10 s", "1ms", "10s")]
    [InlineData(typeof(CacheOptions), nameof(CacheOptions.Bytes), "0 (nothing is remembered) to 64 GB", "0", "68719476736")]
    [InlineData(typeof(CacheOptions), nameof(CacheOptions.LongestFreshness), "0 to 365 days", "0ms", "365d")]
    [InlineData(typeof(FederationOptions), nameof(FederationOptions.PollInterval), "100 ms to 1 day", "100ms", "1d")]
    [InlineData(typeof(FederationOptions), nameof(FederationOptions.PollTimeout), "50 ms to 60 s", "50ms", "1m")]
    [InlineData(typeof(PageOptions), nameof(PageOptions.Deadline), "50 ms to 60 s", "50ms", "1m")]
    [InlineData(typeof(ResilienceOptions), nameof(ResilienceOptions.OptionalTimeout), "10 ms to 60 s", "10ms", "1m")]
    [InlineData(typeof(ResilienceOptions), nameof(ResilienceOptions.Concurrency), "1 to 10,000", "1", "10000")]
    [InlineData(typeof(CircuitOptions), nameof(CircuitOptions.FirstBreak), "100 ms to 10 min", "100ms", "10m")]
    [InlineData(typeof(CircuitOptions), nameof(CircuitOptions.LongestBreak), "100 ms to 1 h", "100ms", "1h")]
    public void The_range_that_is_documented_is_the_range_that_is_enforced(Type type, string option, string documented, string smallest, string largest)
    {
        var property = type.GetProperty(option)!;
        var bounds = Assert.NotNull(OptionValue.Bounds(property));
        Assert.Equal((smallest, largest), (OptionValue.Format(bounds.Smallest), OptionValue.Format(bounds.Largest)));
        Assert.Matches($"\"{option}\": \\{{\\s+\"description\": \"[^\"]*{Regex.Escape(documented)}", Repository.Read(Schema));
    }

    [Fact]
    public void Every_kind_of_option_has_a_documented_name()
    {
        var undocumented = typeof(StitcherOptions).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => !Repository.Read(Schema).Contains($"\"{property.Name}\": {{", StringComparison.Ordinal))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");
        Assert.Empty(undocumented);
    }
}
