namespace Stitcher.Fragments;

/// <summary>Tags travel in one header, separated by spaces.</summary>
internal static class FragmentTags
{
    public static string[] Checked(string[] tags)
    {
        foreach (var tag in tags)
        {
            if (string.IsNullOrEmpty(tag) || tag.Length > 200 || tag.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                throw new ArgumentException(
                    $"The tag '{tag}' cannot travel in a header: a tag is 1 to 200 visible ASCII characters without spaces, such as product:7.",
                    nameof(tags));
            }
        }

        return tags;
    }
}
