using Microsoft.AspNetCore.Mvc;
using OrderService.Fragments;
using OrderService.Shelves;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;

namespace OrderService.Carts;

/// <summary>The forms of the cart, and the cart for programs.</summary>
internal static class CartEndpoints
{
    private const string Page = "/cart";
    private const int MostBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Page, PostAsync).RequireFormToken(CartSheet.Form, WithoutTokenAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        app.MapGet("/api/cart", GetAsync);
    }

    private static async Task<IResult> GetAsync(CartStore carts, HttpContext context, CancellationToken ct)
    {
        var cart = await carts.FindAsync(CartCookie.Read(context.Request), ct);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { items = CartTopics.Value(cart), count = cart.Pieces, cents = cart.TotalCents });
    }

    // Putting something in comes from pages of other services, which are the same for everybody and so cannot hold a token. The gateway refuses forms of other
    // sites, and the cookie does not come along with them.
    private static async Task<IResult> WithoutTokenAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (carts, shelves) = (services.GetRequiredService<CartStore>(), services.GetRequiredService<ShelfClient>());
        return CartForm.Read(context.Request.Form) is CartForm.Put or CartForm.Wrong { Problems.Fields.Count: 0 }
            ? await PostAsync(carts, shelves, context, context.RequestAborted)
            : await RefuseAsync(carts, context, CartProblems.Of(FormToken.Outdated), context.RequestAborted);
    }

    private static async Task<IResult> PostAsync(CartStore carts, ShelfClient shelves, HttpContext context, CancellationToken ct)
    {
        var id = CartCookie.Read(context.Request);
        return CartForm.Read(await context.Request.ReadFormAsync(ct)) switch
        {
            CartForm.Put put => await PutAsync(carts, shelves, context, id, put, ct),
            CartForm.Set set => await SetAsync(carts, shelves, context, id, set.Quantities, ct),
            CartForm.Remove remove => Done(context, await carts.SetAsync(id, new Dictionary<int, int> { [remove.ProductId] = 0 }, onlyFewer: false, ct)),
            CartForm.Clear => Done(context, await carts.ClearAsync(id, ct)),
            CartForm.Adjust adjust => Adjusted(context, await carts.SetAsync(id, adjust.Quantities, onlyFewer: true, ct)),
            CartForm.Wrong wrong => await RefuseAsync(carts, context, wrong.Problems, ct),
            _ => throw new InvalidOperationException("A form of the cart that nobody answers."),
        };
    }

    private static async Task<IResult> PutAsync(CartStore carts, ShelfClient shelves, HttpContext context, CartId? id, CartForm.Put put, CancellationToken ct)
    {
        var look = await shelves.LookAsync(put.ProductId, ct);
        if (look.Product is not { } product)
        {
            return await RefuseAsync(carts, context, CartProblems.Of(look.IsAway
                ? "The shelves cannot be reached just now, so nothing was put in. Your cart is as it was; please try again in a moment."
                : "There is no such thing on the shelves any more. Your cart is as it was."), ct);
        }

        var (owner, cart, obstacle) = await carts.PutAsync(id, product, put.Quantity, ct);
        if (obstacle != CartObstacle.None)
        {
            return await RefuseAsync(carts, context, CartProblems.Of(Sentence(obstacle, product, cart)), ct);
        }

        // Again with each change, so that it lasts for thirty days from the last one.
        CartCookie.Write(context, owner);
        var topics = CartTopics.Of(cart);
        topics[CartTopics.Added] = new { id = product.Id, name = product.Name, quantity = put.Quantity };
        return FormAnswer.GoOn(context.Request, Page, topics);
    }

    private static async Task<IResult> SetAsync(
        CartStore carts, ShelfClient shelves, HttpContext context, CartId? id, IReadOnlyDictionary<int, int> quantities, CancellationToken ct)
    {
        // What is only kept is not looked at: that it ran short meanwhile is told at the checkout, and must not hinder a change beside it.
        var more = (await carts.FindAsync(id, ct)).Lines.Where(line => quantities.GetValueOrDefault(line.ProductId) > line.Quantity).Select(static line => line.ProductId).ToArray();
        var products = more.Length == 0 ? null : await shelves.LookAsync(more, ct);
        if (products is null)
        {
            return Done(context, await carts.SetAsync(id, quantities, onlyFewer: false, ct));
        }

        var errors = more.Select(product => (product, left: products.GetValueOrDefault(product)?.Stock ?? 0)).Where(thing => thing.left < quantities[thing.product])
            .ToDictionary(static thing => CartForm.QuantityField(thing.product), static thing => Shortage(thing.left));
        return errors.Count == 0
            ? Done(context, await carts.SetAsync(id, quantities, onlyFewer: false, ct))
            : await RefuseAsync(carts, context, CartProblems.Of(quantities, errors), ct);
    }

    private static string Shortage(int left) => left switch
    {
        0 => "This is sold out.",
        1 => "There is only 1 left.",
        _ => $"There are only {left} left.",
    };

    private static string Sentence(CartObstacle obstacle, ShelfProduct product, Cart cart)
    {
        var had = cart.Lines.FirstOrDefault(line => line.ProductId == product.Id)?.Quantity ?? 0;
        return obstacle switch
        {
            CartObstacle.Full => $"A cart holds {Cart.MostLines} different things. {product.Name} was not put in.",
            CartObstacle.TooMany => $"A cart holds {CartLine.Most} pieces of one thing, and yours has {had} of {product.Name}. Nothing was put in.",
            _ when product.Stock == 0 => $"{product.Name} is sold out. Nothing was put in.",
            _ when had == 0 => $"There are only {product.Stock} of {product.Name} left. Nothing was put in.",
            _ => $"There are only {product.Stock} of {product.Name} left, and your cart has {had}. Nothing more was put in.",
        };
    }

    private static IResult Done(HttpContext context, Cart cart)
    {
        if (CartCookie.Read(context.Request) is { } id && cart.Key is not null)
        {
            CartCookie.Write(context, id);
        }

        return FormAnswer.GoOn(context.Request, Page, CartTopics.Of(cart));
    }

    private static IResult Adjusted(HttpContext context, Cart cart) => FormAnswer.GoOn(context.Request, cart.IsEmpty ? Page : "/checkout", CartTopics.Of(cart));

    private static async Task<IResult> RefuseAsync(CartStore carts, HttpContext context, CartProblems problems, CancellationToken ct)
    {
        if (FormAnswer.IsForScript(context.Request))
        {
            return FormAnswer.Refused(problems.Fields, problems.Message);
        }

        var cart = await carts.FindAsync(CartCookie.Read(context.Request), ct);
        return FragmentResults.Html(StatusCodes.Status422UnprocessableEntity, CartSheet.Html(cart, FragmentContext.Of(context), isReadOnly: false, compact: false, problems));
    }
}
