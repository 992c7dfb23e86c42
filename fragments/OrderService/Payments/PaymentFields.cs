namespace OrderService.Payments;

/// <summary>The fields of the payment form, in the order in which they stand there.</summary>
internal static class PaymentFields
{
    // Letters of any language somewhere, and nothing that a line on a parcel cannot hold.
    private const string Words = @"[^\p{Cc}<>]*\p{L}[^\p{Cc}<>]*";

    public static PaymentField Name { get; } = new(
        "name", "Full name", 80, Words, "Please say who it is for.", "Please write a name in letters.")
    {
        Autocomplete = "shipping name",
    };

    public static PaymentField Street { get; } = new(
        "street", "Street and number", 120, Words, "Please say which street it goes to.", "Please write a street in letters.")
    {
        Autocomplete = "shipping street-address",
    };

    public static PaymentField Postcode { get; } = new(
        "postcode", "Postcode", 10, @"[0-9A-Za-z][0-9A-Za-z \-]{1,9}", "Please fill in the postcode.", "A postcode has two to ten letters and digits.")
    {
        Autocomplete = "shipping postal-code",
    };

    public static PaymentField Town { get; } = new(
        "town", "Town", 80, Words, "Please fill in the town.", "Please write a town in letters.")
    {
        Autocomplete = "shipping address-level2",
    };

    public static PaymentField Country { get; } = new(
        "country", "Country", 40, string.Join('|', Countries), "Please choose a country.", "Please choose one of the countries that we send to.")
    {
        Autocomplete = "shipping country-name",
    };

    public static PaymentField CardName { get; } = new(
        "card-name", "Name on card", 80, Words, "Please fill in the name on the card.", "Please write the name as it stands on the card.")
    {
        Autocomplete = "cc-name",
        IsSecret = true,
    };

    public static PaymentField Number { get; } = new(
        "card-number", "Card number", 23, "[0-9][0-9 \\-]{10,22}", "Please fill in the card number.", "A card number has 12 to 19 digits.")
    {
        Autocomplete = "cc-number",
        Keyboard = "numeric",
        IsSecret = true,
        Check = "card",
        Broken = "That is no card number: please check its digits.",
        Refused = "This till takes test cards only. Please use 4242 4242 4242 4242, never a card of your own.",
    };

    public static PaymentField Expiry { get; } = new(
        "card-expiry", "Expires", 7, "(?:0[1-9]|1[0-2]) ?/ ?[0-9]{2}", "Please fill in month and year.", "Please write month and year as on the card, such as 04/29.")
    {
        Autocomplete = "cc-exp",
        Keyboard = "numeric",
        Hint = "MM/YY",
        IsSecret = true,
        Check = "expiry",
        Broken = "This card has expired.",
    };

    public static PaymentField Code { get; } = new(
        "card-cvc", "Security code", 4, "[0-9]{3,4}", "Please fill in the security code.", "The security code has three or four digits.")
    {
        Autocomplete = "cc-csc",
        Keyboard = "numeric",
        Hint = "CVC",
        IsSecret = true,
    };

    public static IReadOnlyList<PaymentField> Delivery { get; } = [Name, Street, Postcode, Town, Country];

    public static IReadOnlyList<PaymentField> Payment { get; } = [CardName, Number, Expiry, Code];

    public static IReadOnlyList<PaymentField> All { get; } = [.. Delivery, .. Payment];

    /// <summary>Where the shop sends to.</summary>
    public static IReadOnlyList<string> Countries =>
    [
        "Austria", "Belgium", "Denmark", "France", "Germany", "Ireland", "Italy", "Luxembourg", "Netherlands", "Norway", "Portugal", "Spain", "Sweden",
        "Switzerland", "United Kingdom",
    ];
}
