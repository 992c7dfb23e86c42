using System.Globalization;
using System.Text;

namespace Stitcher.Benchmarks.Micro;

/// <summary>A shop's product cards: 12 KB of what services really send.</summary>
internal static class CardList
{
    public const int Length = 12_288;

    private static readonly string[] Words = [.. "oak walnut linen brushed steel café crème chair table lamp shelf compact recycled wide small".Split(' ')];

    /// <param name="seed">Another seed is another list.</param>
    public static byte[] Create(int seed)
    {
        var random = new Random(seed);
        var html = new StringBuilder($"<section class=\"shelf\" data-seed=\"{seed}\">\n<ul class=\"cards\">\n");
        while (html.Length < Length - 800)
        {
            var id = random.Next(1000, 9999);
            var price = (random.Next(500, 99_900) / 100m).ToString("0.00", CultureInfo.InvariantCulture);
            html.Append(CultureInfo.InvariantCulture, $"""
                <li class="card card--product" id="p-{id}" data-price="{price}" itemscope itemtype="https://schema.org/Product">
                  <a class="card__media" href="/products/{id}?from=list&amp;place={random.Next(40)}" aria-label="{Some(3)}"><img loading="lazy" width="320" height="240" src="/img/{id}.webp" srcset="/img/{id}@2x.webp 2x" alt="{Some(4)} &quot;{Some(1)}&quot;"></a>
                  <h3 class="card__title" itemprop="name">{Some(3)}</h3>
                  <p class="card__text">{Some(12)} &mdash; {Some(6)}&nbsp;&hellip;</p>
                  <p class="card__price"><span class="money" itemprop="price" content="{price}">&euro;&nbsp;{price}</span> <del>&euro;&nbsp;{price}</del></p>
                  <button type="button" class="button button--primary" data-action="cart:add" data-id="{id}" disabled>Add to basket</button>
                </li>

                """);
        }

        return Encoding.UTF8.GetBytes(html.Append("</ul>\n<!-- shelf 0000000 -->\n</section>\n").ToString());

        string Some(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Words[random.Next(Words.Length)]));
    }
}
