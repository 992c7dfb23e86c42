using Stitcher.Fragments;

namespace Shop;

/// <summary>What stands above the fields of a form that was refused.</summary>
internal static class FormSentences
{
    /// <param name="sentence">About the whole form; null when there is nothing to say.</param>
    /// <param name="wrong">The id of each field that is wrong, and what is said of it.</param>
    /// <returns>The sentence, and a way to each of the fields.</returns>
    public static FragmentMarkup? Of(string? sentence, IEnumerable<(string Id, string Words)> wrong)
    {
        var ways = wrong.Select(static field => FragmentMarkup.Html($"""<li><a href="#{field.Id}">{field.Words}</a></li>""")).ToArray();
        return sentence is null ? null : FragmentMarkup.Html($"<p>{sentence}</p>{(ways.Length == 0 ? null : FragmentMarkup.Html($"<ul>{ways}</ul>"))}");
    }
}
