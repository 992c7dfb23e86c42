using System.Collections.Immutable;
using Stitcher.Manifests;

namespace Stitcher.Explaining;

/// <summary>The federation, to read: what is wrong comes first.</summary>
internal static class FederationPage
{
    public static string Render(FederationExplanation federation)
    {
        var html = FederationDocument.Begin(Title(federation), federation.Filter);
        if (federation.State == "none")
        {
            html.Write($"""
                <p class="kicker">Federation</p>
                <h1>Nothing is shared</h1>
                <p class="lede">No service has a <code>Manifest</code> in the settings, so pages carry no import map, and services load their own modules only.</p>
                <p id="told" class="told" role="status"></p>

                """);
            return FederationDocument.End(html, federation.Filter);
        }

        html.Write($"""
            <p class="kicker">Federation</p>
            <h1>{Headline(federation)}</h1>

            """);
        WriteProblems(html, federation.Problems);
        WriteFacts(html, federation);
        WriteFilter(html, federation);
        FederationServicePart.Write(html, federation.Services);
        WritePackages(html, federation.Packages);
        WriteChanges(html, federation.Changes);
        WriteNotes(html, federation.Notes);
        return FederationDocument.End(html, federation.Filter);
    }

    public static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    // The tab tells it, too: at 3 a.m. there are many tabs.
    private static string Title(FederationExplanation federation) => federation.State switch
    {
        "errors" => $"{Count(federation.Problems.Count(static p => p.Level == "error"), "error")} – federation",
        "warnings" => $"{Count(federation.Problems.Length, "warning")} – federation",
        _ => "Federation",
    };

    private static string Headline(FederationExplanation federation)
    {
        var packages = federation.Packages.Sum(static p => p.Packages.Length);
        return $"{Count(packages, "package")} shared by {Count(federation.Services.Length, "service")}";
    }

    private static void WriteProblems(HtmlWriter html, ImmutableArray<FederationProblem> problems)
    {
        if (problems.IsEmpty)
        {
            html.Write($"""<p class="calm">Nothing to look at: every service answers, and every one runs on versions it accepts.</p>""");
            return;
        }

        var errors = problems.Count(static p => p.Level == "error");
        html.Write($"""
            <section class="warnings{(errors == 0 ? " mild" : "")}" aria-labelledby="problems">
            <h2 id="problems">{(errors == 0 ? Count(problems.Length, "warning") : errors == problems.Length ? Count(errors, "error") : $"{Count(errors, "error")} and {Count(problems.Length - errors, "warning")}")}</h2>
            <ul>

            """);
        foreach (var problem in problems)
        {
            html.Write($"""<li><span><span class="tag{(problem.Level == "error" ? "" : " mild")}">{problem.Code}</span> {problem.Level}</span> <span>{problem.Says}""");
            if (problem.Service is not null || problem.Unit is not null)
            {
                html.Write($""" <span class="where">""");
                WriteLink(html, problem.Unit, static unit => FederationAnchor.OfPackage(unit));
                WriteLink(html, problem.Service, static service => FederationAnchor.OfService(service));
                html.Write($"</span>");
            }

            html.Write($"</span></li>\n");
        }

        html.Write($"</ul></section>\n");
    }

    private static void WriteLink(HtmlWriter html, string? name, Func<string, string> anchor)
    {
        if (name is not null)
        {
            html.Write($"""<a href="#{anchor(name)}">{name}</a>""");
        }
    }

    private static void WriteFacts(HtmlWriter html, FederationExplanation federation)
    {
        var answering = federation.Services.Count(static s => s is { State: "fresh", Trouble: null });
        var away = federation.Services.Length - answering;
        html.Write($"""
            <dl class="facts">
            <div class="{(away == 0 ? "good" : "bad")}"><dt>Services</dt><dd>{answering} of {federation.Services.Length}</dd><dd class="note">answer</dd></div>
            <div class="{(federation.ExtraCopies == 0 ? "good" : "mild")}"><dt>Second copies</dt><dd>{federation.ExtraCopies}</dd><dd class="note">{(federation.ExtraCopies == 0 ? "each package runs once" : federation.ExtraBytes == 0 ? "their size is not known" : PlanText.Bytes(federation.ExtraBytes) + ", before compression")}</dd></div>
            <div><dt>Import map</dt><dd>{PlanText.Bytes(federation.Map.Bytes)}</dd><dd class="note">for all pages, before compression</dd></div>
            <div><dt>Entries</dt><dd>{federation.Map.Entries}</dd><dd class="note">{(federation.Map.Scopes == 0 ? "no scopes" : Count(federation.Map.Scopes, "scope"))}, {Hashes(federation.Map)}</dd></div>
            <div><dt>Generation</dt><dd class="word">{federation.Generation?[..Math.Min(12, federation.Generation.Length)]}</dd><dd class="note">{(federation.Since is { } since ? $"since {since:u}" : "")}</dd></div>
            </dl>

            """);
    }

    private static string Hashes(MapFacts map) => map.Hashes switch { 0 => "no hashes", 1 => "1 hash", var count => $"{count} hashes" };

    private static void WriteFilter(HtmlWriter html, FederationExplanation federation)
    {
        var shown = federation.Services.Count(static s => s.Matches) + federation.Packages.Count(static p => p.Matches);
        html.Write($"""<p id="told" class="told" role="status">""");
        if (federation.Filter.Length > 0)
        {
            html.Write($"""{shown} of {federation.Services.Length + federation.Packages.Length} services and packages have “{federation.Filter}” in a name. <a href="/_stitcher/federation">Show all</a>""");
        }

        html.Write($"</p>\n");
    }

    private static void WritePackages(HtmlWriter html, ImmutableArray<FederationPackage> packages)
    {
        html.Write($"""
            <section aria-labelledby="packages">
            <h2 id="packages">Packages <span class="count">{packages.Sum(static p => p.Packages.Length)}</span></h2>

            """);
        if (packages.IsEmpty)
        {
            html.Write($"""<p class="quiet">No service shares any.</p>""");
        }

        foreach (var package in packages.OrderBy(static p => p.Level switch { "error" => 0, "warning" => 1, _ => 2 }))
        {
            FederationPackagePart.Write(html, package);
        }

        html.Write($"</section>\n");
    }

    private static void WriteChanges(HtmlWriter html, ImmutableArray<FederationChange> changes)
    {
        html.Write($"""
            <section aria-labelledby="changes">
            <h2 id="changes">What changed <span class="count">{changes.Length}</span></h2>

            """);
        if (changes.IsEmpty)
        {
            html.Write($"""<p class="quiet">Nothing yet since the gateway started.</p></section>""");
            return;
        }

        html.Write($"""<ol class="changes">""");
        foreach (var change in changes)
        {
            html.Write($"""<li><span><time datetime="{change.At:yyyy-MM-ddTHH:mm:ssZ}">{change.At:yyyy-MM-dd HH:mm:ss} UTC</time> <span class="quiet">{(change.IsNewMap ? $"map {change.Generation?[..Math.Min(12, change.Generation.Length)]}" : "same map")}</span></span><ul>""");
            foreach (var item in change.Items)
            {
                html.Write($"<li><strong>{item.Subject}</strong> {item.Says}</li>");
            }

            html.Write($"""{(change.Further > 0 ? $"and {change.Further} more" : "")}</ul></li>""");
        }

        html.Write($"</ol></section>\n");
    }

    private static void WriteNotes(HtmlWriter html, ImmutableArray<FederationProblem> notes)
    {
        if (notes.IsEmpty)
        {
            return;
        }

        html.Write($"""<details class="notes"><summary>{Count(notes.Length, "note")}: nobody needs to act on {(notes.Length == 1 ? "it" : "them")}</summary><ul>""");
        foreach (var note in notes)
        {
            html.Write($"""<li><span class="tag">{note.Code}</span> {note.Says}</li>""");
        }

        html.Write($"</ul></details>\n");
    }
}
