using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ProductService.Pictures;

/// <summary>A product's picture: its drawing, coloured and set in a scene that its id decides. The same id gives the same bytes.</summary>
internal static class ProductPicture
{
    private const int Scenes = 4;

    private static readonly Dictionary<string, Dictionary<string, Drawing>> Sheets =
        ProductPalette.Categories.ToDictionary(category => category, ReadSheet);

    /// <summary>Every drawing as products name it, <c>kitchen/mug</c>.</summary>
    public static IReadOnlyList<string> Drawings { get; } = [.. Sheets.SelectMany(sheet => sheet.Value.Keys.Select(name => $"{sheet.Key}/{name}"))];

    /// <summary>The picture as an SVG document, 480 by 400.</summary>
    public static string Draw(Product product)
    {
        var (sheet, name) = product.Drawing.Split('/') is [var before, var behind] ? (before, behind) : ("", "");
        var palette = ProductPalette.For(sheet, product.Id);
        var drawing = Sheets[sheet][name];
        var svg = new StringBuilder("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 400" width="480" height="400">""")
            .Append(CultureInfo.InvariantCulture, $"""<rect width="480" height="400" fill="{palette.Wall}"/>""")
            .Append(Scene((product.Id + product.Id / 6) % Scenes, palette));

        if (drawing.Shadow > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="M0 304h480v96H0z" fill="{palette.Table}"/>""")
                .Append(CultureInfo.InvariantCulture, $"""<ellipse cx="252" cy="332" rx="{drawing.Shadow + 14}" ry="13" fill="{palette.Shade}" opacity=".45"/>""");
        }

        return svg.Append(palette.Paint(drawing.Markup)).Append("</svg>").ToString();
    }

    private static string Scene(int scene, ProductPalette palette) => scene switch
    {
        0 => $"""<circle cx="318" cy="170" r="132" fill="{palette.Glow}"/>""",
        1 => $"""<path d="M120 400V190a120 120 0 0 1 240 0v210z" fill="{palette.Glow}"/>""",
        2 => $"""<path d="M0 250c90-70 150-60 240-26s150 10 240-44v220H0z" fill="{palette.Glow}"/>""",
        _ => $"""<path d="M54 46h150v150H54zM222 46h150v150H222zM54 214h150v150H54zM222 214h150v150H222z" fill="{palette.Glow}"/>""",
    };

    private static Dictionary<string, Drawing> ReadSheet(string category)
    {
        using var stream = typeof(ProductPicture).Assembly.GetManifestResourceStream($"ProductService.Pictures.{category}.svg")!;
        return XDocument.Load(stream).Root!.Elements().ToDictionary(
            group => group.Attribute("id")!.Value,
            group => new Drawing(
                string.Concat(group.Elements().Select(WithoutNamespace)),
                (int?)group.Attribute("data-shadow") ?? 0));
    }

    /// <summary>The namespace stands on the picture's own root; on every element it would only cost bytes.</summary>
    private static string WithoutNamespace(XElement element)
    {
        var copy = new XElement(element);
        foreach (var part in copy.DescendantsAndSelf())
        {
            part.Name = part.Name.LocalName;
        }

        return copy.ToString(SaveOptions.DisableFormatting);
    }

    /// <param name="Markup">Elements whose colours are names such as <c>$a</c>.</param>
    /// <param name="Shadow">Half the width of what touches the table; 0 for things that hang.</param>
    private sealed record Drawing(string Markup, int Shadow);
}
