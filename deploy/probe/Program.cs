using System.Globalization;

const int Well = 0;
const int Ill = 1;
const int NotUnderstood = 2;

// Shorter than the time limit of whoever starts it, so that the sentence below is written before it is killed.
const int PatienceInSeconds = 2;

if (args is not [var text] || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
{
    await Console.Error.WriteLineAsync("Stitcher.Probe <address>: asks for an http address; 0 when the answer is 2xx within two seconds, otherwise 1.");
    return NotUnderstood;
}

// A container's variables may name a proxy; the program beside this one is not behind it.
using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
{
    Timeout = TimeSpan.FromSeconds(PatienceInSeconds),
};
try
{
    using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
    if (answer.IsSuccessStatusCode)
    {
        return Well;
    }

    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{address} answers {(int)answer.StatusCode}; expected 2xx."));
}
catch (HttpRequestException exception)
{
    await Console.Error.WriteLineAsync($"{address} cannot be asked: {exception.GetBaseException().Message}");
}
catch (TaskCanceledException)
{
    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{address} has not answered within {PatienceInSeconds} s."));
}

return Ill;
