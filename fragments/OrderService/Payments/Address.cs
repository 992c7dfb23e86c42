namespace OrderService.Payments;

/// <summary>Where an order goes.</summary>
internal sealed record Address(string Name, string Street, string Postcode, string Town, string Country);
