using System.Globalization;
using System.Security.Claims;

namespace Shop;

/// <summary>
/// How the shop writes sums, numbers and days in the languages it knows. Written here because the services run without the system's own tables
/// (<c>InvariantGlobalization</c>), so that they write the same on every machine.
/// </summary>
internal sealed class Locale
{
    // Between a number and its unit, where no line may break.
    private const string NarrowSpace = "\u202f";
    private const string WideSpace = "\u00a0";

    private readonly NumberFormatInfo _numbers;
    private readonly string[] _months;
    private readonly string[] _shortMonths;
    private readonly string _money;
    private readonly string _dayFormat;

    private Locale(string tag, string name, string groups, string point, string money, string dayFormat, string months, string shortMonths)
    {
        Tag = tag;
        Name = name;
        _numbers = new NumberFormatInfo { NumberGroupSeparator = groups, NumberDecimalSeparator = point, PercentGroupSeparator = groups, PercentDecimalSeparator = point };
        _money = money;
        _dayFormat = dayFormat;
        _months = months.Split(' ');
        _shortMonths = shortMonths.Split(' ');
    }

    public static Locale English { get; } = new(
        "en", "English", ",", ".", "€{0}", "{0} {1} {2}",
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");

    public static Locale German { get; } = new(
        "de", "Deutsch", ".", ",", "{0}" + WideSpace + "€", "{0}. {1} {2}",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.");

    public static Locale French { get; } = new(
        "fr", "Français", NarrowSpace, ",", "{0}" + WideSpace + "€", "{0} {1} {2}",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.");

    /// <summary>All of them, the one for everybody else first.</summary>
    public static IReadOnlyList<Locale> All { get; } = [English, German, French];

    /// <summary>As it stands in <c>lang</c>, in the claim <c>locale</c> and in settings: <c>en</c>, <c>de</c>, <c>fr</c>.</summary>
    public string Tag { get; }

    /// <summary>Its name in its own language.</summary>
    public string Name { get; }

    /// <summary>The one with this tag; English for any other, and for none.</summary>
    public static Locale Of(string? tag) => All.FirstOrDefault(locale => locale.Tag == tag) ?? English;

    /// <summary>What a signed-in user chose; English for everybody else.</summary>
    public static Locale Of(ClaimsPrincipal user) => Of(user.FindFirst("locale")?.Value);

    /// <summary>A sum in euros.</summary>
    public string Money(long cents) =>
        string.Format(CultureInfo.InvariantCulture, (cents < 0 ? "−" : "") + _money, (Math.Abs(cents) / 100m).ToString("N2", _numbers));

    /// <summary>A whole number, in groups of three.</summary>
    public string Number(long value) => value.ToString("N0", _numbers);

    /// <summary>A number with as many digits behind the point.</summary>
    public string Number(decimal value, int digits) => value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), _numbers);

    /// <summary>A day with its month in full: <c>4 March 2026</c>, <c>4. März 2026</c>, <c>4 mars 2026</c>.</summary>
    public string Day(DateOnly day) => Day(day, _months);

    /// <summary>A day with its month in short: <c>4 Mar 2026</c>, <c>4. März 2026</c>, <c>4 mars 2026</c>.</summary>
    public string ShortDay(DateOnly day) => Day(day, _shortMonths);

    /// <summary>A day of a year that is known: <c>4 Mar</c>, <c>4. März</c>, <c>4 mars</c>.</summary>
    public string DayOfYear(DateOnly day) => string.Format(CultureInfo.InvariantCulture, _dayFormat, day.Day, _shortMonths[day.Month - 1], "").TrimEnd();

    private string Day(DateOnly day, string[] months)
    {
        // French writes the first of a month, and only that, as an ordinal.
        object number = day.Day == 1 && Tag == "fr" ? "1er" : day.Day;
        return string.Format(CultureInfo.InvariantCulture, _dayFormat, number, months[day.Month - 1], day.Year);
    }
}
