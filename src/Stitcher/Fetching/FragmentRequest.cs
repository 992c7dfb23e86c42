using System.Text;
using Stitcher.Caching;
using Stitcher.Configuration;
using Stitcher.Federation;
using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Fetching;

/// <summary>
/// One slot's question, in its canonical form: what is asked and what it is remembered by come from the same values. Whatever is sent and can differ
/// between two requests is in the key; what is not in the key is made by the gateway and says nothing of the one who asks.
/// </summary>
internal readonly struct FragmentRequest
{
    private readonly UpstreamRequest _question;
    private readonly SlotPlan _slot;
    private readonly PageRequest _page;

    private FragmentRequest(UpstreamRequest question, string key, AnswerAudience audience, SlotPlan slot, PageRequest page)
    {
        _question = question;
        _slot = slot;
        _page = page;
        Key = key;
        Audience = audience;
    }

    /// <summary>What the answer is remembered by: fields with their lengths, so that no two questions have the same.</summary>
    public string Key { get; }

    /// <summary>For whom the answer is.</summary>
    public AnswerAudience Audience { get; }

    /// <summary>Who must sign out for the answer to be forgotten; null for an answer that is nobody's own.</summary>
    public string? Partition => Audience == AnswerAudience.OneUser ? _page.Visitor!.Subject : null;

    /// <summary>
    /// By what other gateways forget the answer; null when none of them has it. It leaves this process, as the key of somebody's own answer may not: that holds
    /// cookies and what the session says.
    /// </summary>
    public PurgeScope? ToldScope => Audience switch
    {
        AnswerAudience.Nobody => null,
        AnswerAudience.OneUser => new PurgeScope { Service = _slot.Service.Name, Fragment = _slot.Fragment, Partition = Partition },
        AnswerAudience.EveryoneIfPublic when CarriesCookie(_slot, _page) => PurgeScope.OfTarget(_slot.Service.Name, Target),
        _ => PurgeScope.OfKey(Key),
    };

    /// <summary>Path and query on the service, percent-encoded.</summary>
    public string Target => _question.Target;

    /// <summary>What is sent. Made when it is asked for, since what is remembered needs none of it.</summary>
    public UpstreamRequest Upstream => _question.With(Headers());

    /// <returns>Null when a place of the path has no usable value.</returns>
    public static FragmentRequest? For(SlotPlan slot, PageRequest page)
    {
        if (slot.FixedRequest is not { } question)
        {
            if (slot.Target!.Expand(page.Values) is not { } target)
            {
                return null;
            }

            question = new UpstreamRequest(slot.Fragment, target);
        }

        if (slot.IsForAnybody)
        {
            return new FragmentRequest(question, slot.FixedKey ?? slot.KeyStart + FieldText.Of(question.Target), AnswerAudience.Everyone, slot, page);
        }

        var audience = AudienceOf(slot, page);
        return new FragmentRequest(question, KeyOf(slot, page, question.Target, audience), audience, slot, page);
    }

    private static AnswerAudience AudienceOf(SlotPlan slot, PageRequest page)
    {
        if (page.Visitor is not null && slot.Service.Private == PrivateAnswers.Partitioned)
        {
            return AnswerAudience.OneUser;
        }

        var saysWhoAsks = (page.Visitor is not null && slot.Service.Identity is not null) || CarriesCookie(slot, page);
        return !saysWhoAsks ? AnswerAudience.Everyone
            : slot.Service.Private == PrivateAnswers.Shared ? AnswerAudience.EveryoneIfPublic
            : AnswerAudience.Nobody;
    }

    private static bool CarriesCookie(SlotPlan slot, PageRequest page)
    {
        foreach (var value in slot.Forwarded)
        {
            if (value.IsCookie && page.Values[value.Index] is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static string KeyOf(SlotPlan slot, PageRequest page, string target, AnswerAudience audience)
    {
        var key = new StringBuilder(slot.KeyStart);
        FieldText.Append(key, target);
        foreach (var value in slot.Forwarded)
        {
            FieldText.Append(key, page.Values[value.Index]);
        }

        FieldText.Append(key, audience is AnswerAudience.OneUser or AnswerAudience.Nobody ? page.Visitor?.Fingerprint : null);
        return key.ToString();
    }

    private List<KeyValuePair<string, string>> Headers()
    {
        var headers = new List<KeyValuePair<string, string>> { new(FragmentHeaders.RequestId, _page.Id.ToString()) };
        StringBuilder? cookies = null;
        foreach (var value in _slot.Forwarded)
        {
            if (_page.Values[value.Index] is not { } text)
            {
                continue;
            }

            if (value.IsCookie)
            {
                (cookies is null ? cookies = new StringBuilder() : cookies.Append("; ")).Append(value.Source.Name).Append('=').Append(text);
            }
            else
            {
                headers.Add(new(value.Header, text));
            }
        }

        if (cookies is not null)
        {
            headers.Add(new("Cookie", cookies.ToString()));
        }

        if (_slot.Service.Identity is { } identity && _page.Visitor is { } visitor)
        {
            headers.Add(new(FragmentHeaders.Identity, identity.TokenFor(visitor)));
        }

        return headers;
    }
}
