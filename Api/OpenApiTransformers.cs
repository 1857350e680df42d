using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

internal static class OpenApiTransformers
{
    private const string Seat = nameof(Seat), Account = nameof(Account);

    private static (int, Refusal)[] BadBodies =>
    [
        (StatusCodes.Status413PayloadTooLarge, Reason.BadRequest),
        (StatusCodes.Status415UnsupportedMediaType, Reason.BadRequest),
    ];

    private static Dictionary<string, IOpenApiHeader> RetryAfter => new()
    {
        ["Retry-After"] = new OpenApiHeader
        {
            Description = "Seconds.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
        },
    };

    public static void Configure(OpenApiOptions options)
    {
        options.AddSchemaTransformer(DescribeSchema);
        options.AddOperationTransformer(DescribeRefusalsAsync);
        options.AddDocumentTransformer(DescribeSecurity);
    }

    /// <summary>Nulls are omitted, and answers may gain properties.</summary>
    private static Task DescribeSchema(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        // Texts have a converter of their own, so nothing is known of them.
        if (type == typeof(string)) schema.Type = JsonSchemaType.String;
        if (context.JsonTypeInfo.ElementType == typeof(string) && schema.Type == JsonSchemaType.Array)
            schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
        if (type == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        if (type == typeof(NumberOrName)) schema.Type = JsonSchemaType.Integer | JsonSchemaType.String;
        if (type == typeof(RoomEvent)) schema.Required!.Remove("text");
        if (type == typeof(ProblemDetails)) AddProblemExtensions(schema);
        if (!type.Name.EndsWith("Request", StringComparison.Ordinal)
            && !type.Name.EndsWith("Patch", StringComparison.Ordinal)) schema.AdditionalPropertiesAllowed = true;
        schema.Type &= ~JsonSchemaType.Null;
        return Task.CompletedTask;
    }

    private static async Task DescribeRefusalsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var reasons = metadata.OfType<RefusalMetadata>().SelectMany(refusals => refusals.Reasons).ToList();
        var answers = reasons.Select(reason => new Refusal(reason))
            .Select(refusal => (Status: refusal.StatusCode(), Refusal: refusal));
        if (operation.RequestBody is not null) answers = answers.Concat(BadBodies);

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken);
        context.Document!.AddComponent(nameof(ProblemDetails), problem);
        foreach (var same in answers.GroupBy(answer => answer.Status, answer => answer.Refusal))
        {
            var content = new OpenApiMediaType { Schema = ProblemWith(same, context.Document) };
            operation.Responses![$"{same.Key}"] = new OpenApiResponse
            {
                Description = string.Join(" Or: ", same.Select(refusal => refusal.Message)),
                Content = new Dictionary<string, OpenApiMediaType> { [Problems.ContentType] = content },
                Headers = same.Key == StatusCodes.Status429TooManyRequests ? RetryAfter : null,
            };
        }

        var takesBearer = metadata.OfType<MethodInfo>().SelectMany(method => method.GetParameters())
            .Any(parameter => parameter.ParameterType == typeof(BearerToken));
        if (!takesBearer) return;
        var scheme = reasons.Contains(Reason.NotInRoom) ? Seat : Account;
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] }];
    }

    private static OpenApiSchema ProblemWith(
        IEnumerable<Refusal> refusals, OpenApiDocument document) => new()
        {
            AllOf = [new OpenApiSchemaReference(nameof(ProblemDetails), document)],
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["code"] = new OpenApiSchema { Enum = [.. refusals.Select(refusal => (JsonNode)refusal.Code)] },
            },
        };

    private static void AddProblemExtensions(OpenApiSchema schema)
    {
        schema.Properties!["code"] = new OpenApiSchema { Type = JsonSchemaType.String };
        schema.Properties["retryAfterMs"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
        schema.Required = new HashSet<string> { "title", "status", "detail", "code" };
    }

    private static Task DescribeSecurity(
        OpenApiDocument document, OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken)
    {
        document.Info = new() { Title = nameof(RoomChat), Version = "v1" };
        document.AddComponent(Seat, Bearer("The seat returned when joining a room."));
        document.AddComponent(Account, Bearer("The access token returned when signing in."));
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Bearer(string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };
}
