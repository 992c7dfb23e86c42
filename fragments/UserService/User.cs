namespace UserService;

/// <summary>Somebody the shop knows.</summary>
/// <param name="Id">From 1.</param>
/// <param name="Tone">Which of the avatars' colours is theirs, 0 to 5.</param>
/// <param name="Role"><c>admin</c>, or empty.</param>
/// <param name="Preferences">What they chose.</param>
internal sealed record User(int Id, string Name, string Town, DateOnly MemberSince, int Tone, string Role, Preferences Preferences)
{
    /// <summary>The first letters of the first and the last name.</summary>
    public string Initials
    {
        get
        {
            var names = Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return names.Length == 1 ? names[0][..1] : $"{names[0][0]}{names[^1][0]}";
        }
    }
}
