using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;
using RoomChat.Web;

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
        var fields = await UrlEncodedForm.ReadAsync(request.Body, request.HttpContext.RequestAborted);
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in fields)
            {
                writer.WritePropertyName(name);
                if (values.Count > 1) writer.WriteStartArray();
                foreach (var value in values) Write(writer, value!);
                if (values.Count > 1) writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        return JsonSerializer.Deserialize<T>(text.WrittenSpan, json);
    }

    /// <summary>The writer replaces half a surrogate.</summary>
    private static void Write(Utf8JsonWriter writer, string value)
    {
        if (UnicodeText.IsWellFormed(value)) writer.WriteStringValue(value);
        else writer.WriteRawValue(@"""\ud800""", skipInputValidation: true);
    }
}
