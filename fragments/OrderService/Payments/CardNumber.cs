namespace OrderService.Payments;

/// <summary>The digits on a card.</summary>
internal static class CardNumber
{
    /// <summary>The test number that is always taken.</summary>
    public const string Accepted = "4242424242424242";

    /// <summary>The test number that is always declined.</summary>
    public const string Declined = "4000000000000002";

    /// <summary>As people write it, in groups of four.</summary>
    public static string Written(string digits) => string.Join(' ', digits.Chunk(4).Select(static group => new string(group)));

    public static string Digits(string typed) => new(typed.Where(static c => c is not (' ' or '-')).ToArray());

    /// <summary>12 to 19 digits whose last one fits the others (ISO/IEC 7812-1, Luhn's formula).</summary>
    public static bool IsSound(string typed)
    {
        var digits = Digits(typed);
        if (digits.Length is < 12 or > 19 || digits.Any(static c => !char.IsAsciiDigit(c)))
        {
            return false;
        }

        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            sum += place % 2 == 0 ? digit : digit * 2 > 9 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }

    /// <summary>One of the pretended cards. A real one has no place in a demonstration.</summary>
    public static bool IsPretended(string typed) => Digits(typed) is Accepted or Declined;
}
