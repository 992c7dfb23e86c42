namespace ProductService.Administration;

/// <summary>What became of a change.</summary>
internal enum EditStatus
{
    Done,

    /// <summary>Another one has this name.</summary>
    NameTaken,

    /// <summary>The shelf that it is to stand on is not there, or not any more.</summary>
    ShelfGone,

    /// <summary>Somebody changed it since it was read.</summary>
    Changed,

    /// <summary>It is not there, or not any more.</summary>
    Missing,

    /// <summary>A shelf with products on it cannot go.</summary>
    NotEmpty,
}
