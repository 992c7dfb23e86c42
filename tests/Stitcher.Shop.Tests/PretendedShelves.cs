using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests;

/// <summary>Stands for the products service where a test must decide what is on the shelves, and when they answer.</summary>
internal sealed class PretendedShelves : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, (string Name, int Cents, int Stock)> _things = new();
    private readonly Dictionary<string, (int Id, int Quantity)[]> _taken = [];
    private readonly Lock _lock = new();

    private PretendedShelves(ScriptedService service) => Service = service;

    public ScriptedService Service { get; }

    /// <summary>What is answered in the place of a taking's result, which is done all the same; null for the result.</summary>
    public Answer? InsteadOfTaken { get; set; }

    /// <summary>What is done when a taking has come, before anything is taken.</summary>
    public Action BeforeTaking { get; set; } = static () => { };

    public static async Task<PretendedShelves> StartAsync()
    {
        var shelves = new PretendedShelves(await ScriptedService.StartAsync());
        shelves.Service.AnswersBody("/stock/take", shelves.Take);
        shelves.TakeBack();
        return shelves;
    }

    /// <summary>Takes back what is returned, as at first.</summary>
    public void TakeBack() => Service.AnswersBody("/stock/return", Return);

    /// <summary>Puts a thing on the shelves, or changes it.</summary>
    public void Put(int id, string name, int cents, int stock)
    {
        _things[id] = (name, cents, stock);
        Service.Answers($"/api/products/{id}", _ => _things.TryGetValue(id, out var thing)
            ? Json(200, new { id, name = thing.Name, priceCents = thing.Cents, stock = thing.Stock })
            : Answer.Status(404));
    }

    /// <summary>It is not sold any more.</summary>
    public void Drop(int id) => _things.TryRemove(id, out _);

    public int StockOf(int id) => _things[id].Stock;

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    private Answer Take(string body)
    {
        using var json = JsonDocument.Parse(body);
        var key = json.RootElement.GetProperty("key").GetString()!;
        var lines = json.RootElement.GetProperty("lines").EnumerateArray().Select(line => (line.GetProperty("id").GetInt32(), line.GetProperty("quantity").GetInt32())).ToArray();
        BeforeTaking();
        lock (_lock)
        {
            if (!_taken.ContainsKey(key))
            {
                var gone = lines.Where(line => Stock(line.Item1) < line.Item2).Select(line => new { id = line.Item1, left = Stock(line.Item1) }).ToArray();
                if (gone.Length > 0)
                {
                    return Json(409, new { gone });
                }

                Move(lines, -1);
                _taken[key] = lines;
            }
        }

        return InsteadOfTaken ?? Json(200, new { });
    }

    private Answer Return(string body)
    {
        using var json = JsonDocument.Parse(body);
        lock (_lock)
        {
            if (_taken.Remove(json.RootElement.GetProperty("key").GetString()!, out var lines))
            {
                Move(lines, +1);
            }
        }

        return Json(200, new { });
    }

    private int Stock(int id) => _things.TryGetValue(id, out var thing) ? thing.Stock : 0;

    private void Move((int Id, int Quantity)[] lines, int sign)
    {
        foreach (var (id, quantity) in lines)
        {
            _things.AddOrUpdate(id, _ => throw new InvalidOperationException($"There is no {id}."), (_, thing) => thing with { Stock = thing.Stock + (sign * quantity) });
        }
    }

    private static Answer Json(int status, object body) =>
        Answer.Of("application/json", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body))).WithStatus(status);
}
