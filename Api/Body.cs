using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace RoomChat.Api;

/// <summary>What a program sent, as JSON or as a form; null where it sent nothing, or where a status says what was wrong with it.</summary>
internal sealed record Body<T>(T? Value, int? Wrong = null) where T : class
{
    public static async ValueTask<Body<T>> BindAsync(HttpContext context)
    {
        var request = context.Request;
        var any = context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody && request.ContentLength != 0;
        if (!any) return new(Value: null);
        try
        {
            var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            if (request.HasFormContentType) return new(await ReadFormAsync(request, json));
            if (!request.HasJsonContentType()) return new(null, StatusCodes.Status415UnsupportedMediaType);
            return new(await JsonSerializer.DeserializeAsync<T>(request.Body, json));
        }
        catch (BadHttpRequestException wrong)
        {
            return new(null, wrong.StatusCode);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidDataException)
        {
            return new(null, StatusCodes.Status400BadRequest);
        }
        catch (IOException)
        {
            context.Abort();    // it hung up, and Kestrel would look for the rest in vain
            return new(null, StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>A form is an object whose properties are text; it is UTF-8, whatever else it says.</summary>
    private static async Task<T?> ReadFormAsync(HttpRequest request, JsonSerializerOptions json)
    {
        using var form = new FormReader(request.Body);
        var fields = await form.ReadFormAsync();
        var sent = fields.ToDictionary(field => field.Key, field => field.Value is [var only] ? (object?)only : field.Value.ToArray());
        return JsonSerializer.SerializeToElement(sent).Deserialize<T>(json);
    }
}
