using Microsoft.AspNetCore.Mvc;
using OrderService.Carts;
using OrderService.Fragments;
using OrderService.Payments;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;

namespace OrderService.Checkouts;

/// <summary>The payment form, sent. Whatever shows the form again is 422: nothing was ordered, and no service failed.</summary>
internal static class CheckoutEndpoint
{
    private const string Page = "/checkout";
    private const int MostBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost(Page, PostAsync)
        .RequireFormToken(PaymentForm.Form, WithoutTokenAsync)
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> PostAsync(
        CheckoutDesk desk, CartStore carts, TimeProvider time, FragmentContext fragment, HttpContext context, CancellationToken ct)
    {
        if (context.User.UserId() is not { } user)
        {
            return SignIn(context);
        }

        var form = await context.Request.ReadFormAsync(ct);
        var entry = PaymentEntry.Read(form, time.GetUtcNow());
        var id = CartCookie.Read(context.Request);
        if (entry.Errors.Count > 0)
        {
            return await AgainAsync(carts, context, fragment, entry, null, ct);
        }

        if (form["key"].ToString() is not { } key || !CheckoutKey.IsOne(key))
        {
            return await AgainAsync(carts, context, fragment, entry, PaymentNotice.Outdated, ct);
        }

        var outcome = await desk.OrderAsync(new CheckoutRequest(user, id, key, SeenCart.Read(form["seen"].ToString()), entry.Address, entry.Card), ct);
        var cart = await carts.FindAsync(id, ct);
        return outcome is CheckoutOutcome.Ordered ordered
            ? FormAnswer.GoOn(context.Request, $"/orders/{ordered.OrderId}{(ordered.ByAnotherForm ? "?again=true" : "")}", CartTopics.Of(cart))
            : await AgainAsync(carts, context, fragment, entry, PaymentNotice.Of(outcome, cart, Locale.Of(context.User)), ct);
    }

    private static async Task<IResult> WithoutTokenAsync(HttpContext context)
    {
        if (context.User.UserId() is null)
        {
            return SignIn(context);
        }

        var services = context.RequestServices;
        var entry = PaymentEntry.Read(context.Request.Form, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return await AgainAsync(
            services.GetRequiredService<CartStore>(), context, FragmentContext.Of(context), entry, PaymentNotice.Outdated, context.RequestAborted);
    }

    // Behind the sign-in the form says what happened to it.
    private static IResult SignIn(HttpContext context) => FormAnswer.GoOn(context.Request, $"/sign-in?return={Uri.EscapeDataString($"{Page}?resume=true")}");

    private static async Task<IResult> AgainAsync(
        CartStore carts, HttpContext context, FragmentContext fragment, PaymentEntry entry, PaymentNotice? notice, CancellationToken ct)
    {
        var cart = await carts.FindAsync(CartCookie.Read(context.Request), ct);
        return FormAnswer.IsForScript(context.Request)
            ? PaymentAnswer.Of(cart, entry, notice, Locale.Of(context.User))
            : FragmentResults.Html(StatusCodes.Status422UnprocessableEntity, PaymentForm.Html(cart, fragment, entry, notice));
    }
}
