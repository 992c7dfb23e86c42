using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Stitcher.Fragments.Testing.Hosting;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Asks with values that cannot be.</summary>
internal static class RangeCheck
{
    public static async Task<IReadOnlyList<Finding>> FindAsync(Question question, HttpClient client, CancellationToken ct)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var parameter in question.Fragment.Parameters)
        {
            foreach (var (value, why) in Impossible(parameter))
            {
                var status = (await Answer.OfAsync(client, question.With(parameter.Name, value), ct)).Status;

                // A path that fits no route is nobody's.
                if (status != HttpStatusCode.BadRequest && !(parameter.IsInPath && status == HttpStatusCode.NotFound))
                {
                    findings.Add(new Finding($"{parameter.Name}={value} is answered by {(int)status}; {why} is a 400"));
                }
            }

            if (parameter is { IsRequired: true, IsInPath: false }
                && (await Answer.OfAsync(client, question.Without(parameter.Name), ct)).Status is var without and not HttpStatusCode.BadRequest)
            {
                findings.Add(new Finding($"without {parameter.Name}, which is required, it answers {(int)without}; expected 400"));
            }
        }

        return findings.ToImmutable();
    }

    private static IEnumerable<(string Value, string Why)> Impossible(FragmentParameter parameter)
    {
        if (parameter.ValueType != typeof(string) && (parameter.ValueType.IsPrimitive || parameter.ValueType.IsEnum || parameter.ValueType == typeof(decimal) || parameter.ValueType == typeof(DateOnly)))
        {
            yield return ("no-such-value", $"what is no {parameter.Type}");
        }

        if (parameter.Range is { } range && IsNumber(range.Minimum, out var least) && IsNumber(range.Maximum, out var most))
        {
            var why = string.Create(CultureInfo.InvariantCulture, $"what is not from {least} to {most}");
            yield return ((least - 1).ToString(CultureInfo.InvariantCulture), why);
            yield return ((most + 1).ToString(CultureInfo.InvariantCulture), why);
        }
    }

    private static bool IsNumber(object bound, out decimal number) =>
        decimal.TryParse(Convert.ToString(bound, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
