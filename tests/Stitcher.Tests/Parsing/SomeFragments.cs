namespace Stitcher.Tests.Parsing;

/// <summary>Fragments as teams write them, each well-formed and harmless.</summary>
internal static class SomeFragments
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["card"] = """
            <article class="card" data-id="7">
              <h2><a href="/products/7">Kettle &amp; cup</a></h2>
              <img src="/_s/products/assets/7.svg" alt="" width="320" height="240" loading="lazy">
              <p class="price">49,90&nbsp;€ <del>59,90&nbsp;€</del></p>
            </article>
            """,
        ["table"] = """
            <table class="orders"><caption>Orders</caption><thead><tr><th scope="col">No.</th><th scope="col">Sum</th></tr></thead>
            <tbody><tr><td>1</td><td>12 €</td></tr><tr><td>2</td><td>8 €</td></tr></tbody></table>
            """,
        ["navigation"] = """<nav aria-label="Shop"><ul><li><a href="/" aria-current="page">All</a></li><li><a href="/orders">Orders</a></li></ul></nav>""",
        ["form"] = """
            <form method="post" action="/basket"><label>How many <input type="number" name="n" value="1" min=1 required></label>
            <select name="size"><option value="s">Small</option><option value="m" selected>Middle</option></select>
            <textarea name="note" rows="2"></textarea><button disabled>Add</button></form>
            """,
        ["drawing"] = """<svg viewBox="0 0 24 24" role="img" aria-label="Star"><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><path d="M12 2l3 7" fill="url(#g)"/></svg>""",
        ["entities"] = "<p>Caf&eacute; &#8364; &#x1F600; &lt;b&gt; &notit; AT&T &copy;</p>",
        ["settings"] = """<my-chart data-series='{"name":"Visits","points":[1,2,3],"note":"a \"b\" & c"}' hidden><p>Loading</p></my-chart>""",
        ["comments"] = "<!-- from products --><p>text<!-- a - b -- c --></p><!---->",
        ["element"] = "<product-gallery zoom><div slot=\"picture\">x</div><template><style-guide></style-guide></template></product-gallery>",
        ["details"] = "<details open><summary>More</summary><p>Text</p></details><dialog><form method=\"dialog\"><button>Close</button></form></dialog>",
        ["picture"] = """<picture><source srcset="/a.avif 1x, /b.avif 2x" type="image/avif"><img srcset="/a.png 320w, /b.png 640w" sizes="50vw" src="/a.png" alt="A"></picture>""",
        ["video"] = """<video controls poster="/p.jpg" playsinline><source src="/v.webm" type="video/webm"><track kind="captions" src="/v.vtt" srclang="en"></video>""",
        ["definitions"] = "<dl><dt>Weight</dt><dd>2 kg</dd><dt>Colour</dt><dd>Blue</dd></dl>",
        ["text"] = "Just 3 < 4 words & a bit",
        ["languages"] = "<p lang=\"ja\">日本語</p><p dir=\"rtl\">עברית</p><p>🫖 café</p>",
        ["formulas"] = "<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>",
        ["nothing"] = "",
        ["blanks"] = " \n\t ",
    };
}
