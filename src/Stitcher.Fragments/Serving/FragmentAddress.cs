using System.Text;
using Microsoft.AspNetCore.Http;

namespace Stitcher.Fragments.Serving;

/// <summary>Addresses from a fragment to its service's files.</summary>
internal static class FragmentAddress
{
    /// <summary>
    /// Relative, because a gateway re-bases relative addresses to where it shows the service's files, while one that begins with
    /// a slash means the page's own address space.
    /// </summary>
    public static string Relative(PathString from, string to)
    {
        var path = from.Value ?? "/";
        var relative = new StringBuilder();
        for (var i = 1; i < path.Length; i++)
        {
            if (path[i] == '/')
            {
                relative.Append("../");
            }
        }

        relative.Append(to, 1, to.Length - 1);
        return relative.ToString();
    }
}
