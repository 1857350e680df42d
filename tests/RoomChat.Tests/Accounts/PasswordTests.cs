using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Accounts;

public sealed class PasswordTests : IDisposable
{
    private const string Good = "correct horse";

    private readonly PasswordHashing _passwords = new();
    private readonly TestAccounts _accounts;

    public PasswordTests() => _accounts = new(
        new AccountSettings { AttemptsPerMinute = 0 }, _passwords, TimeProvider.System,
        RedisServer.OfThisRun?.SettingApart);

    [Fact]
    public async Task AHashTakesAsManyIterationsAsOwaspRecommends()
    {
        var hash = Convert.FromBase64String((await _passwords.HashAsync(Good, IPAddress.Loopback)).OrFail());

        // The format of the framework: a version, the function, the iterations.
        Assert.Equal(1, hash[0]);
        Assert.Equal([0, 0, 0, 2], hash[1..5]);     // HMAC-SHA-512
        Assert.Equal(220_000, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)));
    }

    [Fact]
    public async Task AnEarlierHashStaysValidAndIsMadeAnewAtTheNextSignIn()
    {
        var earlier = new PasswordHasher<PasswordTests>(
            Options.Create(new PasswordHasherOptions { IterationCount = 100_000 })).HashPassword(this, Good);
        (await _accounts.Store.AddAsync(new Account(Name.Restore("ana"), earlier))).OrFail();
        var before = await _accounts.BeginAsync(await AnaAsync());

        Assert.Equal(Reason.SignInFailed, (await SignInAsync("not the one")).Reason());
        Assert.Equal(earlier, (await AnaAsync()).PasswordHash);
        var signedIn = (await SignInAsync(Good)).OrFail();

        Assert.NotEqual(earlier, signedIn.PasswordHash);
        Assert.Equal(signedIn.PasswordHash, (await AnaAsync()).PasswordHash);
        await _accounts.BeginAsync((await SignInAsync(Good)).OrFail());
        Assert.Equal(signedIn.PasswordHash, (await AnaAsync()).PasswordHash);
        Assert.NotNull(await _accounts.RecognizeAsync(SessionClaims.Of(before).ToPrincipal()));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("12345678")]
    [InlineData("PassWord")]
    [InlineData("felicidade")]      // the last of them
    [InlineData("RoomChat1!")]
    [InlineData("anaAnaana12")]
    [InlineData("ana@roomchat")]
    public async Task ACommonPasswordIsRefusedAlsoWhenItIsChanged(string common)
    {
        Assert.Equal(Reason.PasswordCommon, (await SignUpAsync("ana", common)).Reason());
        var session = await _accounts.BeginAsync((await SignUpAsync("ana", Good)).OrFail());

        var outcome = await _accounts.Authenticator.ChangePasswordAsync(session, Good, common, IPAddress.Loopback);

        Assert.Equal(Reason.PasswordCommon, outcome.Reason());
    }

    [Theory]
    [InlineData("ana and bo")]
    [InlineData("roomchat horse")]
    public async Task WhatIsMoreThanTheOwnNameIsNot(string password) =>
        (await SignUpAsync("ana", password)).OrFail();

    [Theory]
    [InlineData("password of mine")]
    [InlineData("passwor\nd")]
    [InlineData("assword12")]
    public void OnlyAWholePasswordIsCommon(string rare) => Assert.False(CommonPasswords.IsListed(rare));

    [Fact]
    public async Task APasswordThatUnicodeCannotNormalizeIsWrong()
    {
        const string Odd = "a password with \ufffe";
        (await SignUpAsync("ana", Good)).OrFail();

        Assert.Equal(Reason.PasswordInvalid, (await SignUpAsync("bo", Odd)).Reason());
        Assert.Equal(Reason.SignInFailed, (await SignInAsync(Odd)).Reason());
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _passwords.Dispose();
    }

    private Task<Outcome<Account>> SignUpAsync(string name, string password) =>
        _accounts.Authenticator.SignUpAsync(name, password, IPAddress.Loopback);

    private Task<Outcome<Account>> SignInAsync(string password) =>
        _accounts.Authenticator.SignInAsync("ana", password, IPAddress.Loopback);

    private async Task<Account> AnaAsync() => (await _accounts.Authenticator.FindAsync("ana")).OrFail();
}
