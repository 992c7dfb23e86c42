namespace OrderService.Payments;

/// <summary>What somebody typed into the payment form, and what is wrong with it.</summary>
internal sealed class PaymentEntry
{
    private readonly Dictionary<string, string> _values;

    private PaymentEntry(Dictionary<string, string> values, IReadOnlyDictionary<string, string> errors) => (_values, Errors) = (values, errors);

    /// <summary>An empty form.</summary>
    public static PaymentEntry None { get; } = new([], new Dictionary<string, string>());

    /// <value>A sentence for each field that is wrong, by the field's name.</value>
    public IReadOnlyDictionary<string, string> Errors { get; }

    /// <summary>What the form shows again: nothing of a card.</summary>
    public string Kept(PaymentField field) => field.IsSecret ? "" : Value(field);

    /// <summary>Where it goes, once nothing is wrong.</summary>
    public Address Address =>
        new(Value(PaymentFields.Name), Value(PaymentFields.Street), Value(PaymentFields.Postcode), Value(PaymentFields.Town), Value(PaymentFields.Country));

    /// <summary>The card, once nothing is wrong.</summary>
    public Card Card => new(Value(PaymentFields.CardName), CardNumber.Digits(Value(PaymentFields.Number)));

    public static PaymentEntry Read(IFormCollection form, DateTimeOffset now)
    {
        var values = PaymentFields.All.ToDictionary(static field => field.Name, field => form[field.Name].ToString().Trim(), StringComparer.Ordinal);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in PaymentFields.All)
        {
            if ((field.Complaint(values[field.Name]) ?? FurtherComplaint(field, values[field.Name], now)) is { } sentence)
            {
                errors[field.Name] = sentence;
            }
        }

        return new PaymentEntry(values, errors);
    }

    private static string? FurtherComplaint(PaymentField field, string value, DateTimeOffset now) => field.Check switch
    {
        "card" when !CardNumber.IsSound(value) => field.Broken,
        "card" when !CardNumber.IsPretended(value) => field.Refused,
        "expiry" when CardExpiry.IsOver(value, now) => field.Broken,
        _ => null,
    };

    private string Value(PaymentField field) => _values.GetValueOrDefault(field.Name, "");

    /// <summary>Says nothing: there is a card in it.</summary>
    public override string ToString() => "what somebody typed";
}
