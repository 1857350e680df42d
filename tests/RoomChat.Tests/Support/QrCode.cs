using System.Collections;
using QRCoder;

namespace RoomChat.Tests.Support;

/// <summary>A QR code as another library makes it.</summary>
internal static class QrCode
{
    private const int QuietZone = 4;

    /// <summary>Without the quiet zone; # is dark.</summary>
    public static string[] RowsOf(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        return [.. code.ModuleMatrix.Skip(QuietZone).SkipLast(QuietZone).Select(Written)];
    }

    private static string Written(BitArray row) => string.Concat(
        row.Cast<bool>().Skip(QuietZone).SkipLast(QuietZone).Select(isDark => isDark ? '#' : '.'));
}
