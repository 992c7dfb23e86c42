using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>How far an order has come, the same way wherever it is told. Its look is <c>order-progress.css</c>.</summary>
internal static class OrderProgress
{
    public const string Styles = "order-progress.css";

    private static readonly string[] Steps = ["Placed", "Packed", "On its way", "Delivered"];

    public static FragmentMarkup Html(Order order)
    {
        if (order.Status is OrderStatus.Returned or OrderStatus.Cancelled)
        {
            return FragmentMarkup.Html($"""<p class="order-progress order-ended">{(order.Status == OrderStatus.Returned ? "Sent back, refunded" : "Called off")}</p>""");
        }

        var reached = (int)order.Status;
        var steps = Steps.Select((name, index) => FragmentMarkup.Html(
            $"""<li class="{(index < reached ? "order-done" : index == reached ? "order-now" : "order-ahead")}" {FragmentMarkup.Attribute("aria-current", index == reached ? "step" : null)}>{name}</li>"""));
        return FragmentMarkup.Html($"""<ol class="order-progress order-steps" aria-label="How far it has come">{steps}</ol>""");
    }
}
