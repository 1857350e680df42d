using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

/// <summary>The OpenAPI document at /openapi/v1.json, where it needs more than the routes say by themselves.</summary>
internal static class Document
{
    private const string Seat = nameof(Seat), Account = nameof(Account), TheProblem = nameof(Problem);

    private static (int, Refusal)[] BadBodies =>
        [(StatusCodes.Status413PayloadTooLarge, Reason.BadRequest), (StatusCodes.Status415UnsupportedMediaType, Reason.BadRequest)];

    private static Dictionary<string, IOpenApiHeader> RetryAfter => new()
    {
        ["Retry-After"] = new OpenApiHeader { Description = "Seconds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
    };

    public static void Configure(OpenApiOptions options)
    {
        options.AddSchemaTransformer(NameShapes);
        options.AddOperationTransformer(NameRefusalsAsync);
        options.AddDocumentTransformer(NameBearers);
    }

    /// <summary>Absent means null, and answers may come to hold more.</summary>
    private static Task NameShapes(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken aborted)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        if (type == typeof(RoomEvent)) schema.Required!.Remove("text");     // only messages have it
        if (!type.Name.EndsWith("Request", StringComparison.Ordinal)) schema.AdditionalPropertiesAllowed = true;
        schema.Type &= ~JsonSchemaType.Null;
        return Task.CompletedTask;
    }

    private static async Task NameRefusalsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken aborted)
    {
        var promised = context.Description.ActionDescriptor.EndpointMetadata.OfType<Refusals>();
        var reasons = promised.SelectMany(refusals => refusals.Reasons).ToList();
        var answers = reasons.Select(reason => (Status: Problem.StatusOf(reason), Why: new Refusal(reason)));
        if (operation.RequestBody is not null) answers = answers.Concat(BadBodies);

        context.Document!.AddComponent(TheProblem, await context.GetOrCreateSchemaAsync(typeof(ProblemAnswer), null, aborted));
        foreach (var same in answers.GroupBy(answer => answer.Status, answer => answer.Why))
        {
            var content = new OpenApiMediaType { Schema = ProblemWith(same, context.Document) };
            operation.Responses![$"{same.Key}"] = new OpenApiResponse
            {
                Description = string.Join(" Or: ", same.Select(why => why.Message)),
                Content = new Dictionary<string, OpenApiMediaType> { [Problem.ContentType] = content },
                Headers = same.Key == StatusCodes.Status429TooManyRequests ? RetryAfter : null,
            };
        }

        var bearer = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>()
            .SelectMany(method => method.GetParameters()).Any(parameter => parameter.ParameterType == typeof(Bearer));
        var shown = reasons.Contains(Reason.NotInRoom) ? Seat : Account;
        if (bearer) operation.Security = [new() { [new OpenApiSecuritySchemeReference(shown, context.Document)] = [] }];
    }

    private static OpenApiSchema ProblemWith(IEnumerable<Refusal> refusals, OpenApiDocument document) => new()
    {
        AllOf = [new OpenApiSchemaReference(TheProblem, document)],
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["code"] = new OpenApiSchema { Enum = [.. refusals.Select(refusal => (JsonNode)refusal.Code)] },
        },
    };

    private static Task NameBearers(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken aborted)
    {
        document.Info = new() { Title = nameof(RoomChat), Version = "v1" };
        document.AddComponent(Seat, BearerOf("The seat that joining a room gives."));
        document.AddComponent(Account, BearerOf("The access token that signing in gives."));
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme BearerOf(string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };
}
