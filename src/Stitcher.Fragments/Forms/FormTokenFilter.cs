using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Stitcher.Fragments.Forms;

/// <summary>Lets a form through only with a token of this service, of this form and of this session.</summary>
internal sealed class FormTokenFilter(string form, Func<HttpContext, Task<IResult>>? again) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.HasFormContentType)
        {
            return Results.Text("A form is expected here.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        IFormCollection fields;
        try
        {
            fields = await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return Results.Text("The form cannot be read.", statusCode: StatusCodes.Status400BadRequest);
        }

        var tokens = http.RequestServices.GetRequiredService<FormTokens>();
        if (fields[FormToken.Field] is [{ Length: > 0 } token] && tokens.IsValid(form, http.User, token))
        {
            return await next(context);
        }

        http.Items[FormToken.Field] = tokens.For(form, http.User);
        return again is not null ? await again(http) : Refusal(http.Request);
    }

    private static IResult Refusal(HttpRequest request) => FormAnswer.IsForScript(request)
        ? FormAnswer.Refused(null, FormToken.Outdated)
        : Results.Content(
            FragmentMarkup.Html($"""<div class="form-message" role="alert"><p>{FormToken.Outdated}</p></div>""").ToString(),
            "text/html; charset=utf-8",
            statusCode: StatusCodes.Status422UnprocessableEntity);
}
