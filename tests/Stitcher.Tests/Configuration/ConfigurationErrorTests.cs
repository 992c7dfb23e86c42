using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class ConfigurationErrorTests
{
    [Theory]
    [InlineData(
        """{ "LayoutRot": "x" }""",
        "appsettings.json, Stitcher:LayoutRot: unknown setting 'LayoutRot'; expected one of 'AllowedAddresses', 'AssetOrigins', 'Cache', 'Diagnostics', 'Drain', 'ErrorPages', 'Federation', 'FormOrigins', 'Identity', 'InOrderAgents', 'KnownProxies', 'LayoutRoot', 'Limits', 'Management', 'Pages', 'RateLimit', 'Redis', 'Services', 'Session' (did you mean 'LayoutRoot'?).")]
    [InlineData(
        """{ "Pages": [ { "Name": "a", "Route": "/", "Layout": "a.html", "Delivry": "Auto" } ] }""",
        "appsettings.json, Stitcher:Pages:0:Delivry: unknown setting 'Delivry'; expected one of 'ComposeResponse', 'Deadline', 'Delivery', 'Imports', 'InlineStyleAttributes', 'Languages', 'Layout', 'LongestFreshness', 'Name', 'RepeatedParameters', 'Route' (did you mean 'Delivery'?).")]
    [InlineData(
        """{ "Pages": [ { "Name": "a", "Route": "/", "Layout": "a.html", "Delivery": "Bufered" } ] }""",
        "appsettings.json, Stitcher:Pages:0:Delivery: 'Bufered' does not fit; expected one of 'Auto', 'Buffered', 'Streamed' (did you mean 'Buffered'?).")]
    [InlineData(
        """{ "Pages": [ { "Name": "a", "Route": "/", "Layout": "a.html", "Delivery": 1 } ] }""",
        "appsettings.json, Stitcher:Pages:0:Delivery: '1' does not fit; expected one of 'Auto', 'Buffered', 'Streamed'.")]
    [InlineData(
        """{ "Pages": [ { "Name": "a", "Route": "/", "Layout": "a.html", "Deadline": "2" } ] }""",
        "appsettings.json, Stitcher:Pages:0:Deadline: '2' does not fit; expected a time from 50ms to 1m, written like '800ms', '2s', '1m', '1h' or '00:00:02'.")]
    [InlineData(
        """{ "Pages": [ { "Name": "a", "Route": "/", "Layout": "a.html", "Deadline": "2m" } ] }""",
        "appsettings.json, Stitcher:Pages:0:Deadline: '2m' is out of range; expected a time from 50ms to 1m, written like '800ms', '2s', '1m', '1h' or '00:00:02'.")]
    [InlineData(
        """{ "Limits": { "SlotsPerPage": "many" } }""",
        "appsettings.json, Stitcher:Limits:SlotsPerPage: 'many' does not fit; expected a whole number from 1 to 1024.")]
    [InlineData(
        """{ "Limits": { "SlotsPerPage": 0 } }""",
        "appsettings.json, Stitcher:Limits:SlotsPerPage: '0' is out of range; expected a whole number from 1 to 1024.")]
    [InlineData(
        """{ "Limits": { "FragmentDepth": { "Max": 3 } } }""",
        "appsettings.json, Stitcher:Limits:FragmentDepth: an object or a list stands here; expected a whole number from 8 to 512.")]
    [InlineData(
        """{ "Cache": "256 MB" }""",
        "appsettings.json, Stitcher:Cache: '256 MB' is a single value; expected an object with one of 'Bytes', 'Entries', 'FailureMemory', 'LongestFreshness', 'StaleIfError', 'StaleWhileRevalidate'.")]
    [InlineData(
        """{ "Pages": { "catalog": { "Name": "a", "Route": "/", "Layout": "a.html" } } }""",
        "appsettings.json, Stitcher:Pages: an object with the key 'catalog' stands here; expected a list: [ … ].")]
    [InlineData(
        """{ "Pages": [ "catalog" ] }""",
        "appsettings.json, Stitcher:Pages:0: 'catalog' is a single value; expected an object with one of 'ComposeResponse', 'Deadline', 'Delivery', 'Imports', 'InlineStyleAttributes', 'Languages', 'Layout', 'LongestFreshness', 'Name', 'RepeatedParameters', 'Route'.")]
    [InlineData(
        """{ "Pages": [ { "Name": "a", "Route": "/" } ] }""",
        "appsettings.json, Stitcher:Pages:0:Layout: is missing; expected a file inside LayoutRoot, such as 'catalog.html'.")]
    [InlineData(
        """{ "Pages": [ { "Name": "a", "Route": "/", "Layout": { "File": "a.html" } } ] }""",
        "appsettings.json, Stitcher:Pages:0:Layout: an object or a list stands here; expected a text.")]
    [InlineData(
        """{ "Management": { "Url": "" } }""",
        "appsettings.json, Stitcher:Management:Url: is empty; expected an address with scheme, host and port, such as 'http://127.0.0.1:3001'.")]
    [InlineData(
        """{ "FormOrigins": [ { "Name": "x" } ] }""",
        "appsettings.json, Stitcher:FormOrigins:0: an object or a list stands here; expected a text.")]
    [InlineData(
        """{ "ErrorPages": "broken.html" }""",
        "appsettings.json, Stitcher:ErrorPages: 'broken.html' is a single value; expected an object: { … }.")]
    [InlineData(
        """{ "ErrorPages": { "404": [ "a.html" ] } }""",
        "appsettings.json, Stitcher:ErrorPages:404: an object or a list stands here; expected a text.")]
    [InlineData(
        """{ "ErrorPages": { "304": "a.html" } }""",
        "appsettings.json, Stitcher:ErrorPages:304: '304' is no status that an error page has; expected a status from 400 to 599, or '4xx' or '5xx' for all others of that kind.")]
    [InlineData(
        """{ "ErrorPages": { "404": "../a.html" } }""",
        "appsettings.json, Stitcher:ErrorPages:404: '../a.html' is not a plain path inside LayoutRoot; expected a file inside LayoutRoot, such as 'catalog.html'.")]
    public void A_value_that_does_not_fit_is_told_with_file_key_and_what_was_expected(string section, string sentence)
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": {{section}} }""");
        Assert.Equal([sentence], files.Read().Errors);
    }
}
