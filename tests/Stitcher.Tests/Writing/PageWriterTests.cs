using System.IO.Pipelines;
using System.Text;
using Stitcher.Federation.Manifests;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Parsing;
using Stitcher.Planning;
using Stitcher.Tests.Planning;
using Stitcher.Writing;
using Xunit;
using static Stitcher.Tests.Merging.SlotResults;

namespace Stitcher.Tests.Writing;

public sealed class PageWriterTests : IDisposable
{
    private const string Layout = """
        <!doctype html><html><head><meta charset="utf-8"><title>Läden</title><fragment src="products/Card"><meta name="note" content="none"></fragment></head>
        <body><h1>Überschrift</h1><fragment src="products/Card" primary><p>Später</p></fragment><fragment src="products/Card"><p>Soon</p></fragment></body></html>
        """;

    private static readonly HeadPart Sheet = Part(HeadPartKind.Stylesheet, "stylesheet /card.css", "<link rel=\"stylesheet\" href=\"/card.css\">");
    private static readonly HeadPart Meta = Part(HeadPartKind.Meta, "meta author", "<meta name=\"author\" content=\"é\">");

    private static readonly FragmentResult[] Results =
    [
        Shows("<p>ö</p>"), Shows("<b>x</b>", Sheet, Part(HeadPartKind.Title, "title", "<title>Mine</title>")), Shows("", Meta), ShowsNothing, Fails(), Answers(404),
        Shows("y", Sheet) with { Outcome = SlotOutcome.FallbackFragment },
    ];

    private readonly PlannedPages _pages = new PlannedPages().Service("products", "Card=/card").ServiceWithManifest("users", new ServiceManifest { Name = "users", Revision = "1" });
    private readonly PagePlan _plan;

    public PageWriterTests() => _plan = _pages.Page(Layout).First();

    public void Dispose() => _pages.Dispose();

    [Fact]
    public async Task A_whole_pages_length_is_known_before_it_is_written_whatever_its_slots_show()
    {
        foreach (var (head, primary, other) in from h in Results from p in Results from o in Results select (h, p, o))
        {
            var fetch = Of(_plan, head with { Markup = head.Markup is null ? null : Markup.Empty }, primary, other);
            var merged = new HeadMerger().For(_plan, fetch);
            Assert.Equal(PageWriter.LengthOf(fetch, merged), Encoding.UTF8.GetByteCount(await WriteAsync(fetch, merged)));
        }
    }

    [Fact]
    public async Task Layout_and_fragments_stand_in_document_order_with_the_import_map_and_the_head_parts_in_their_places()
    {
        var page = await WriteAsync(Of(_plan, ShowsNothing, Shows("<p>Main</p>", Part(HeadPartKind.Title, "title", "<title>Mine</title>"), Sheet), Shows("<p>Side</p>")));
        Assert.Equal(
            """
            <!doctype html><html><head><meta charset="utf-8"><script type="importmap">{"imports":{}}</script><title>Mine</title><link rel="stylesheet" href="/card.css">
            </head>
            <body><h1>Überschrift</h1><p>Main</p><p>Side</p></body></html>
            """,
            page.TrimEnd());
    }

    [Fact]
    public async Task A_fragment_that_cannot_be_shown_leaves_its_slot_to_the_layouts_own_content_in_the_head_too()
    {
        var page = await WriteAsync(Of(_plan, Fails(), Fails(), Answers(500)));
        Assert.Contains("<title>Läden</title><meta name=\"note\" content=\"none\"></head>", page, StringComparison.Ordinal);
        Assert.Contains("</h1><p>Später</p><p>Soon</p></body>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_ready_leaves_before_a_slot_is_waited_for()
    {
        var late = new TaskCompletionSource<FragmentResult>();
        var fetch = new PageFetch(_plan, CancellationToken.None);
        fetch.Add(0, new(ShowsNothing));
        fetch.Add(1, new(Shows("<p>Main</p>")));
        fetch.Add(2, new(late.Task));
        var pipe = new Pipe();
        var writing = new PageWriter(pipe.Writer, fetch, new HeadMerger().For(_plan, fetch), inOrder: false).WriteAsync(default).AsTask();
        var first = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("<p>Main</p>", Encoding.UTF8.GetString(first.Buffer), StringComparison.Ordinal);
        Assert.False(writing.IsCompleted);
        pipe.Reader.AdvanceTo(first.Buffer.End);
        late.SetResult(Shows("<p>Side</p>"));
        await writing;
        var rest = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("<p>Side</p></body></html>", Encoding.UTF8.GetString(rest.Buffer).TrimEnd());
    }

    [Fact]
    public async Task A_late_fragment_brings_what_the_page_lacks_right_before_itself_and_only_once()
    {
        var none = Of(_plan, ShowsNothing, Shows("x"), null);
        var head = new HeadMerger().For(_plan, none);
        var canonical = Part(HeadPartKind.Canonical, "canonical", "<link rel=\"canonical\" href=\"/evil\">");
        var page = await WriteAsync(Of(_plan, ShowsNothing, Shows("<p>Main</p>", Sheet), Shows("<p>Side</p>", Sheet, canonical, Meta)), head);
        Assert.Contains("</h1><link rel=\"stylesheet\" href=\"/card.css\"><p>Main</p><p>Side</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/evil", page, StringComparison.Ordinal);
        Assert.DoesNotContain("author", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_slot_of_the_head_still_gives_its_parts_to_the_head()
    {
        var head = new HeadMerger().For(_plan, Of(_plan, null, Shows("x"), Shows("x")));
        var page = await WriteAsync(Of(_plan, ShowsNothing with { Head = [Sheet, Meta] }, Shows("<p>Main</p>"), Shows("<p>Side</p>")), head);
        Assert.Contains("<link rel=\"stylesheet\" href=\"/card.css\"><meta name=\"author\" content=\"é\"></head>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nested_fragment_stands_inside_the_one_that_wants_it_and_its_length_counts()
    {
        var outer = Shows("<ul></ul>") with
        {
            Markup = new Markup([Literal("<ul>"), new MarkupPiece(MarkupPieceKind.Slot, default, 0), new MarkupPiece(MarkupPieceKind.Slot, default, 1), Literal("</ul>")], [], []),
            Nested = [new NestedResult(Shows("<li>é</li>"), default), new NestedResult(Fails(), "<li>soon</li>"u8.ToArray())],
        };
        var fetch = Of(_plan, ShowsNothing, outer, ShowsNothing);
        var head = new HeadMerger().For(_plan, fetch);
        var page = await WriteAsync(fetch, head);
        Assert.Contains("<ul><li>é</li><li>soon</li></ul>", page, StringComparison.Ordinal);
        Assert.Equal(PageWriter.LengthOf(fetch, head), Encoding.UTF8.GetByteCount(page));
    }

    private static MarkupPiece Literal(string html) => new(MarkupPieceKind.Literal, Encoding.UTF8.GetBytes(html));

    private Task<string> WriteAsync(PageFetch fetch) => WriteAsync(fetch, new HeadMerger().For(_plan, fetch));

    private static async Task<string> WriteAsync(PageFetch fetch, MergedHead head)
    {
        using var stream = new MemoryStream();
        await new PageWriter(PipeWriter.Create(stream), fetch, head, inOrder: true).WriteAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
