using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>Where accounts are kept: here, or in a place that several servers share.</summary>
public interface IAccountStore : IReservedNames
{
    /// <summary>False if accounts are gone when the server stops.</summary>
    bool OutlivesServer => false;

    ValueTask<Outcome<Account>> FindAsync(Name name);

    /// <summary>As it was found a short time ago, if nobody can say how it is now.</summary>
    ValueTask<Outcome<Account>> RecallAsync(Name name) => FindAsync(name);

    /// <summary>Those not used since then, or it is not known when.</summary>
    ValueTask<Outcome<Account[]>> IdleSinceAsync(DateTimeOffset since);

    ValueTask<Outcome<Done>> AddAsync(Account account);

    /// <summary>Called again if somebody else changes the account meanwhile.</summary>
    ValueTask<Outcome<Account>> ChangeAsync(Name name, Func<Account, Outcome<Account>> change);

    /// <summary>Refused as a failed sign-in unless the account, as it is then, may be removed.</summary>
    ValueTask<Outcome<Done>> RemoveAsync(Name name, Func<Account, bool> mayRemove);
}
