using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace RoomChat.Api;

/// <summary>JSON or a form: the framework's binding supports only one of them per endpoint.</summary>
internal sealed record RequestBody<T>(T? Value, int? ErrorStatus = null) where T : class
{
    public static async ValueTask<RequestBody<T>> BindAsync(HttpContext context)
    {
        var request = context.Request;
        var detection = context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>();
        if (!detection.CanHaveBody || request.ContentLength == 0) return new(Value: null);
        try
        {
            var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            if (request.HasFormContentType) return new(await ReadFormAsync(request, json));
            if (!request.HasJsonContentType()) return new(null, StatusCodes.Status415UnsupportedMediaType);
            return new(await JsonSerializer.DeserializeAsync<T>(request.Body, json));
        }
        catch (BadHttpRequestException exception)
        {
            return new(null, exception.StatusCode);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return new(null, StatusCodes.Status400BadRequest);
        }
        catch (IOException)
        {
            context.Abort();    // the client is gone, and Kestrel would wait for the rest of the body
            return new(null, StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Read as an object of strings, and as UTF-8 whatever charset it claims.</summary>
    private static async Task<T?> ReadFormAsync(HttpRequest request, JsonSerializerOptions json)
    {
        using var form = new FormReader(request.Body);
        var fields = await form.ReadFormAsync();
        var values = fields.ToDictionary(
            field => field.Key, field => field.Value is [var only] ? (object?)only : field.Value.ToArray());
        return JsonSerializer.SerializeToElement(values).Deserialize<T>(json);
    }
}
