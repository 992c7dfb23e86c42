namespace Stitcher.Redis;

/// <summary>
/// What must happen in one step in Redis, in its own language. The number of the last purge begins with Redis' clock in microseconds and
/// grows by one: after everything was lost it begins again above all numbers there ever were, so that no gateway takes an old one for a new one.
/// </summary>
internal static class RedisScripts
{
    /// <summary>How many purges are remembered, here and there. What was asked for before the oldest of them is not taken out any more.</summary>
    public const int MostPurges = 10_000;

    /// <summary>Keys: number, log, entry. Arguments: most bytes. Returns the number, what was found (0 nothing, 1 an entry, 2 something else), the entry, its milliseconds.</summary>
    public const string Find = Number + """
        local size = redis.pcall('STRLEN', KEYS[3])
        if type(size) == 'table' or size > tonumber(ARGV[1]) then return {number, 2, false, -1} end
        if size == 0 then return {number, 0, false, -1} end
        return {number, 1, redis.call('GET', KEYS[3]), redis.call('PTTL', KEYS[3])}
        """;

    /// <summary>Keys: number, log, entry. Arguments: the number expected, the entry, its milliseconds. Returns the number; the entry went in when it is the expected one.</summary>
    public const string Keep = Number + """
        if number == ARGV[1] then redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3]) end
        return number
        """;

    /// <summary>Keys: number, log. Arguments: the record, how many to remember, the channel. Returns the record's number, the same one however often it is sent.</summary>
    public const string Purge = Number + """
        local known = redis.call('ZSCORE', KEYS[2], ARGV[1])
        if known then return known end
        number = redis.call('INCR', KEYS[1])
        redis.call('ZADD', KEYS[2], number, ARGV[1])
        redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[2]))
        redis.pcall('PUBLISH', ARGV[3], ARGV[1])
        return number
        """;

    /// <summary>Keys: number, log. Arguments: after which number, how many at most. Returns the number, the server's life, and records with their numbers.</summary>
    public const string Read = Number + """
        local info = redis.pcall('INFO', 'server')
        local life = type(info) == 'string' and string.match(info, 'run_id:(%w+)') or ''
        return {number, life, redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])}
        """;

    /// <summary>Keys: the session. Arguments: its milliseconds.</summary>
    public const string EndSession = "redis.call('SET', KEYS[1], '', 'PX', ARGV[1])";

    /// <summary>Keys: the session. Returns 1 when it has ended.</summary>
    public const string HasSessionEnded = "return redis.call('EXISTS', KEYS[1])";

    private const string Number = """
        local number = redis.call('GET', KEYS[1])
        if not number then
          local now = redis.call('TIME')
          number = now[1] .. string.format('%06d', now[2])
          redis.call('SET', KEYS[1], number)
          redis.call('DEL', KEYS[2])
        end

        """;
}
