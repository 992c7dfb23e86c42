using Stitcher.Fragments.Html;

namespace Stitcher.Fragments;

/// <summary>An attribute that is written or left out as a whole. Made by <see cref="FragmentMarkup.Attribute(string, string?)"/>.</summary>
public sealed class FragmentAttribute
{
    private FragmentAttribute(string name, string? value)
    {
        Name = name;
        Value = value;
    }

    internal string Name { get; }

    internal string? Value { get; }

    internal static FragmentAttribute Of(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!char.IsAsciiLetter(name[0]) || name.AsSpan().ContainsAnyExcept(HtmlNames.AttributeCharacters)
            || HtmlNames.KindOf(name) is not HtmlAttributeKind.Plain)
        {
            throw new ArgumentException(
                $"'{name}' cannot be written as an optional attribute: expected a name whose values are plain text, such as aria-current.",
                nameof(name));
        }

        return new FragmentAttribute(name, value);
    }
}
