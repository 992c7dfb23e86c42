namespace Stitcher.Containment.Tests.Inputs;

/// <summary>Fragments that once changed a page outside their slot, or were shown otherwise than they were judged: none may do so again.</summary>
internal static class FoundEscapes
{
    public static IReadOnlyList<(string Place, string Html)> All { get; } =
    [
        // End tags of elements that were thought not to matter.
        ("main", "</main><p>x"),
        ("deep", "</div></li></ul></article>x"),
        ("custom", "</span></my-shell>x"),

        // One parser knows an element without content that the others do not.
        ("main", "<menuitem>"),
        ("ul", "<menuitem><li>x"),

        // One parser ignores an end tag in the text of a formula that ends the formula.
        ("math-mi", "</math>X"),

        // An element of a formula that bears the name of one of HTML's.
        ("math", "<template><mi><template></template></mi></template>"),

        // What rows mean in a template is decided by its first row.
        ("template-tr", "<div>x</div>"),
        ("template-tr", "<table><tr><td>x</table>"),

        // A select drops, ends or lets be, depending on the browser's age.
        ("select", "<xmp><!--<xmp></xmp>--></xmp>"),
        ("option", "<!doctype html><dd><optgroup><dd>"),
        ("option", "<!DOCTYPE html><datalist><option>foo</datalist>bar"),
        ("option", "<div><i></div><option>option"),
        ("select", "<option>a<hr>b"),
        ("optgroup", "<button>x<optgroup></optgroup></button>"),
        ("td", "<select><option>A<tr><td>B</td></tr></select>"),
        ("main", "<select><style></select><div></style>"),

        // Of four equal formatting elements the first is forgotten.
        ("p-b-i", "<b><b><b><b>x</b></b></b></b>y"),
        ("font", "<p><font size=4><font size=4><font size=4><font size=4><p>X"),

        // It ends a paragraph since 2023.
        ("unclosed-p", "<search>x</search>"),
        ("p", "<search>x</search>"),

        // Inside noscript there is text or markup, depending on whether scripts run.
        ("main", "<noscript><p title=\"</noscript></main><textarea>\"></noscript>"),
        ("main", "<noscript><!--</noscript><textarea>--></noscript>"),
        ("noscript", "<p title=\"</noscript><textarea>\">x</p>"),

        // A part of the head that does not end there.
        ("main", "<!doctype html><head><script type=application/json><!--<script></script></head><body>x"),
        ("main", "<!doctype html><head><style><!--</style></head><body>x"),

        // Attributes for the page's own elements, its form, its shadow.
        ("main", "x<body class=other onload=hit(1)>"),
        ("main", "x<html lang=xx>"),
        ("main", "<template shadowrootmode=open>all that is seen of main</template>"),
        ("form", "<table></form></table>"),
        ("main", "<table><form></table>"),

        // What the page's next bytes would complete.
        ("p", "cats &am"),
        ("p", "x <"),
        ("p", "x </"),
        ("p", "x <!-"),
        ("p", "x\r"),

        // A mark of the browser's own patching.
        ("main", "<?start name=a>x"),
        ("main", "<template for=a>x</template>"),
    ];
}
