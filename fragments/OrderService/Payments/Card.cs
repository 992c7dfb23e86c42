namespace OrderService.Payments;

/// <summary>A card as somebody typed it. Lives as long as its request: it is never stored, logged or sent back.</summary>
internal sealed class Card(string name, string number)
{
    /// <value>The name on it.</value>
    public string Name { get; } = name;

    /// <value>Digits alone.</value>
    public string Number { get; } = number;

    /// <summary>Says nothing, wherever it is written by mistake.</summary>
    public override string ToString() => "a card";
}
