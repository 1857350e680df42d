using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using RoomChat.Api;
using RoomChat.Web;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

/// <summary>Every body that the API reads, as JSON and as a form.</summary>
internal static class Bodies
{
    private const string Json = "application/json", Form = "application/x-www-form-urlencoded; charset=utf-16";

    private static readonly ServiceProvider Services = new ServiceCollection().AddApi().BuildServiceProvider();

    private static readonly JsonSerializerOptions Options =
        Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    private static readonly Action<byte[]>[] Kinds =
    [
        Check<RoomRequest>, Check<SendRequest>, Check<MemberRequest>, Check<MessagePatch>, Check<RoomPatch>,
        Check<CredentialsRequest>, Check<RefreshRequest>, Check<DeletionRequest>, Check<DirectRequest>,
    ];

    public static void Check(byte[] input)
    {
        foreach (var check in Kinds) check(input);
    }

    private static void Check<T>(byte[] input) where T : class
    {
        Read<T>(input, Form);
        if (Read<T>(input, Json) is not { } value) return;

        var written = JsonSerializer.SerializeToUtf8Bytes(value, Options);
        var again = Read<T>(written, Json) ?? throw new PropertyException("A body is read as it was written");
        Require(
            written.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(again, Options)),
            "A body is read as it was written");
    }

    private static T? Read<T>(byte[] input, string contentType) where T : class
    {
        var context = new DefaultHttpContext { RequestServices = Services };
        context.Features.Set<IHttpRequestBodyDetectionFeature>(HasBody.Instance);
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(input);
        var body = Finished.ResultOf(RequestBody<T>.BindAsync(context).AsTask());
        Require(body.ErrorStatus is null or 400, "A body is read, or refused as malformed");
        return body.Value;
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly HasBody Instance = new();

        public bool CanHaveBody => true;
    }
}
