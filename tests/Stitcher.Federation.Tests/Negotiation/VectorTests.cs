using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stitcher.Federation.Negotiation;
using Xunit;

namespace Stitcher.Federation.Tests.Negotiation;

/// <summary>Portfolios with the answers that were worked out for them elsewhere.</summary>
public sealed class VectorTests
{
    private static readonly JsonElement[] Vectors = [.. JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Project.Root, "tests/Stitcher.Federation.Tests/vectors.json"))).RootElement.GetProperty("vectors").EnumerateArray()];

    public static TheoryData<string> Ids => [.. Vectors.Select(static vector => vector.GetProperty("id").GetString()!)];

    internal static byte[] Input(string id) =>
        Encoding.UTF8.GetBytes(Vectors.Single(vector => vector.GetProperty("id").GetString() == id).GetProperty("input").GetRawText());

    [Fact]
    public void There_are_thirty_five_of_them() => Assert.Equal(35, Vectors.Length);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_negotiation_comes_to_what_was_expected(string id)
    {
        var vector = Vectors.Single(vector => vector.GetProperty("id").GetString() == id);

        var actual = Answer(vector.GetProperty("input"));

        var expected = JsonNode.Parse(vector.GetProperty("expected").GetRawText())!.AsObject();
        Assert.Equal(Sorted(expected).ToJsonString(Indented), Sorted(JsonNode.Parse(actual)!).ToJsonString(Indented));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_order_of_the_services_leaves_no_trace_in_the_map(string id)
    {
        var input = JsonNode.Parse(Vectors.Single(vector => vector.GetProperty("id").GetString() == id).GetProperty("input").GetRawText())!;
        var file = PortfolioFile.Read(Encoding.UTF8.GetBytes(input.ToJsonString()), out _)!;
        var reversed = file.Portfolio with { Services = [.. file.Portfolio.Services.Reverse()] };

        Assert.Equal(Negotiator.Negotiate(file.Portfolio).Map.ToUtf8Bytes(), Negotiator.Negotiate(reversed).Map.ToUtf8Bytes());
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Answer(JsonElement input)
    {
        var file = PortfolioFile.Read(Encoding.UTF8.GetBytes(input.GetRawText()), out var problem);
        Assert.Null(problem);
        var result = Negotiator.Negotiate(file!.Portfolio);
        Assert.Empty(result.Faults);
        var output = new ArrayBufferWriter<byte>();
        NegotiationReport.Write(result, file, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    // The order of an object's members says nothing; the order of a list does.
    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(static member => member.Key, StringComparer.Ordinal)
            .Select(static member => KeyValuePair.Create(member.Key, member.Value is null ? null : Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(static item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
