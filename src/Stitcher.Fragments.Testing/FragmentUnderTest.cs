using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Stitcher.Fragments.Testing.Checks;
using Stitcher.Fragments.Testing.Hosting;

namespace Stitcher.Fragments.Testing;

/// <summary>A fragment's answer, and checks of it and of the fragment. A check that finds something throws one message with all of it.</summary>
public sealed class FragmentUnderTest
{
    private readonly FragmentHost _host;
    private readonly TestedService _service;
    private readonly Question _question;
    private readonly Answer _answer;

    internal FragmentUnderTest(FragmentHost host, TestedService service, Question question, Answer answer)
    {
        (_host, _service, _question, _answer) = (host, service, question, answer);
        Page = new HtmlParser().ParseDocument(answer.Html);
    }

    /// <value>Its name.</value>
    public string Name => _question.Fragment.Name;

    /// <value>Its path and query on the service.</value>
    public string Address => _question.Address;

    /// <value>The answer's status.</value>
    public HttpStatusCode Status => _answer.Status;

    /// <value>The answer's body.</value>
    public string Html => _answer.Html;

    /// <value>The body as a browser reads it.</value>
    public IHtmlDocument Page { get; }

    /// <value>The answer's headers; what came several times is joined by commas.</value>
    public IReadOnlyDictionary<string, string> Headers => _answer.AllHeaders;

    /// <value>The time to the last byte.</value>
    public TimeSpan Took => _answer.Took;

    /// <value>What a gateway would do with the answer, in words: <c>kept 30 s for everybody, …</c> or <c>not kept: no-store</c>.</value>
    public string Kept => CachingCheck.Describe(_answer);

    /// <summary>The markup is whole: a browser would drop, move and close nothing.</summary>
    /// <exception cref="FragmentContractException">Says what a browser would change, with line and column.</exception>
    public FragmentUnderTest AssertBalanced() => Expect(BalanceCheck.Find(_answer));

    /// <summary>Nothing is in the markup that a gateway would refuse or take out at the host's <see cref="FragmentHost.Trust"/>: inline scripts, handlers, script addresses.</summary>
    /// <exception cref="FragmentContractException">Says what, with line and column.</exception>
    public FragmentUnderTest AssertTrusted() => Expect(TrustCheck.Find(_answer, _service.Name, _question.Address, _host.Trust));

    /// <summary>What it gives to the page's head is taken by gateways: one title, and links of the service's own.</summary>
    /// <exception cref="FragmentContractException">Says what a gateway leaves out.</exception>
    public FragmentUnderTest AssertHead() => Expect(HeadCheck.Find(_answer, _service.Name, _question.Address, _host.Trust));

    /// <summary>The marks for the page's runtime (<c>data-module</c>, <c>data-hydrate</c>, <c>data-fragment</c>, <c>data-topics</c>, <c>data-timeout</c>) are on the root and sound.</summary>
    /// <exception cref="FragmentContractException">Says which is not.</exception>
    public FragmentUnderTest AssertMarks() => Expect(MarkCheck.Find(_answer, _service, _question.Fragment, Page));

    /// <summary>It says how long it may be kept, without contradiction, and knows its own <c>ETag</c> again. <see cref="Kept"/> says what comes of it.</summary>
    /// <exception cref="FragmentContractException">Says what contradicts what.</exception>
    public async Task<FragmentUnderTest> AssertCachingAsync(CancellationToken ct = default) =>
        Expect(await CachingCheck.FindAsync(_answer, _question, _host.Client, ct));

    /// <summary>It keeps to the host's <see cref="FragmentHost.Budget"/>: asked up to twice more if it took too long.</summary>
    /// <exception cref="FragmentContractException">Says bytes or time, and the bound.</exception>
    public async Task<FragmentUnderTest> AssertBudgetAsync(CancellationToken ct = default) =>
        Expect(await BudgetCheck.FindAsync(_answer, _question, _host.Client, _host.Budget, ct));

    /// <summary>Markup and quotes in any parameter come out as text. Also those that the answer at hand was asked with.</summary>
    /// <exception cref="FragmentContractException">Says which parameter comes out as markup, and where.</exception>
    public async Task<FragmentUnderTest> AssertEncodedAsync(CancellationToken ct = default) =>
        Expect(await EncodingCheck.FindAsync(_question, _host.Client, ct));

    /// <summary>What is outside a parameter's range, or none of its type, is a 400.</summary>
    /// <exception cref="FragmentContractException">Says which value is taken for good.</exception>
    public async Task<FragmentUnderTest> AssertRangesAsync(CancellationToken ct = default) =>
        Expect(await RangeCheck.FindAsync(_question, _host.Client, ct));

    /// <summary>It answers when it is asked without parameters; those of its path have their samples.</summary>
    /// <exception cref="FragmentContractException">Says what it answered.</exception>
    public async Task<FragmentUnderTest> AssertWorksAloneAsync(CancellationToken ct = default) =>
        Expect(await AloneCheck.FindAsync(_question, _host.Client, ct));

    /// <summary>All of the contract: every check of this class.</summary>
    /// <exception cref="FragmentContractException">Says everything that was found.</exception>
    public async Task<FragmentUnderTest> AssertContractAsync(CancellationToken ct = default) => Expect(
    [
        .. BalanceCheck.Find(_answer),
        .. TrustCheck.Find(_answer, _service.Name, _question.Address, _host.Trust),
        .. HeadCheck.Find(_answer, _service.Name, _question.Address, _host.Trust),
        .. MarkCheck.Find(_answer, _service, _question.Fragment, Page),
        .. await CachingCheck.FindAsync(_answer, _question, _host.Client, ct),
        .. await BudgetCheck.FindAsync(_answer, _question, _host.Client, _host.Budget, ct),
        .. await EncodingCheck.FindAsync(_question, _host.Client, ct),
        .. await RangeCheck.FindAsync(_question, _host.Client, ct),
        .. await AloneCheck.FindAsync(_question, _host.Client, ct),
    ]);

    private FragmentUnderTest Expect(IReadOnlyCollection<Finding> findings)
    {
        Finding.ThrowIfAny($"{_service.Name}/{Name}, asked as {Address},", findings);
        return this;
    }
}
