using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Stitcher.Browser;

namespace Stitcher.Writing;

/// <summary>
/// The marks of out-of-order delivery, as the HTML standard has them: a marked range in the place of the slot, and a template for
/// it when the fragment is here.
/// </summary>
internal static class DeferredSlot
{
    public static void WritePlaceholder(PipeWriter output, int slot, ReadOnlySpan<byte> content)
    {
        output.Write("<?start name=\""u8);
        WriteName(output, slot);
        output.Write("\">"u8);
        output.Write(content);
        output.Write("<?end>"u8);
    }

    public static void WriteStart(PipeWriter output, int slot)
    {
        output.Write("<template for=\""u8);
        WriteName(output, slot);
        output.Write("\">"u8);
    }

    public static void WriteEnd(PipeWriter output)
    {
        output.Write("</template>"u8);
        output.Write(MoverScript.Element.Span);
    }

    private static void WriteName(PipeWriter output, int slot) =>
        output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"stitcher-{slot}")));
}
