namespace RoomChat.Fuzz;

/// <summary>What reads from memory has nothing to wait for.</summary>
internal static class Finished
{
    public static T ResultOf<T>(Task<T> task)
    {
        PropertyException.Require(task.IsCompleted, "What is in memory is read at once");
        return task.GetAwaiter().GetResult();
    }

    public static void Run(Task task)
    {
        PropertyException.Require(task.IsCompleted, "What is in memory is read at once");
        task.GetAwaiter().GetResult();
    }
}
