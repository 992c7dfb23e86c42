namespace Stitcher.Tool;

/// <summary>One service's part in a topic.</summary>
internal sealed record TopicPart(string Service, bool Retained, string? Schema)
{
    public override string ToString() => $"{Service}{(Retained ? ", last value kept" : "")}{(Schema is null ? "" : $": {Schema}")}";
}
