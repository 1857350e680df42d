using RoomChat.Languages;
using RoomChat.Rooms;

namespace RoomChat.Tests.Rooms;

/// <summary>Names of people keep working, in every living script.</summary>
public sealed class LivingNamesTests
{
    private static readonly NameRules Rules = new(new Limits(), new(Notices.Names, Notices.Sentences));

    public static TheoryData<string, string> Samples => new()
    {
        { "Latin", "Ana|Bo Müller|José María|O’Brien|Jean-Luc|Łukasz|Ħal|Đorđe|Þórdís|Nguyễn Văn|Zoë|İbrahim" },
        { "Latin, more", "Gal·la|Kalaniʻōpuʻu|ǃXóõ|x_X 99 :-)|Jr. Smith|Ke$ha|Tom & Jerry|C++|You-jin Kim|Du Yu" },
        { "Latin, roles", "Lefty|Owen Ownerson|Adminah|Will Joiner|Hosta|Youssef|Tuan|Alleinherr|Thor Allen" },
        { "Cyrillic", "Наташа|Іван|Ђорђе|Ќосе|Анна-Мария|Ғалым|Баатар|Ҳасан|Ӱстӱнзада" },
        { "Greek", "Αλέξανδρος|σοφός|Ελένη" },
        { "Armenian", "Արամ|Անի Պետրոսյան" },
        { "Georgian", "ნინო|გიორგი" },
        { "Hebrew", "שרה|בן־דוד|יוֹסֵף" },
        { "Arabic", "محمد|فاطمة الزهراء|علی|شہباز|ئاسۆ|عَلِيّ" },
        { "Syriac", "ܡܪܝܡ" },
        { "Thaana", "އަޙްމަދު" },
        { "N'Ko", "ߓߙߊߡߊ" },
        { "Adlam", "𞤀𞤤𞤭𞤴𞤵" },
        { "Mandaic", "ࡌࡀࡓࡉࡀ" },
        { "Devanagari", "राहुल|सीता देवी|रामः" },
        { "Bengali", "রবীন্দ্রনাথ" },
        { "Gurmukhi", "ਗੁਰਪ੍ਰੀਤ" },
        { "Gujarati", "મીરા" },
        { "Odia", "ଜଗନ୍ନାଥ" },
        { "Tamil", "முருகன்" },
        { "Telugu", "రాముడు" },
        { "Kannada", "ಲಕ್ಷ್ಮಿ" },
        { "Malayalam", "ലക്ഷ്മി" },
        { "Sinhala", "සුනිල්" },
        { "Thai", "สมชาย" },
        { "Lao", "ສົມພອນ" },
        { "Tibetan", "བསྟན་འཛིན" },
        { "Myanmar", "အောင်ဆန်း" },
        { "Khmer", "សុខា" },
        { "Mongolian", "ᠪᠠᠲᠤ" },
        { "Ethiopic", "አበበ" },
        { "Cherokee", "ᏎᏉᏯ|ᎠᎾ" },
        { "Canadian syllabics", "ᐊᓈ|ᒪᐢᑿ" },
        { "Hangul", "김민수|유진" },
        { "Hanzi", "王小明|玛丽·居里|李·明" },
        { "Japanese", "ゆき ちゃん|山田太郎|ジョン・スミス|ラーメンさん|Tomoちゃん|々木" },
        { "Bopomofo", "ㄋㄧˇ" },
        { "Yi", "ꆈꌠ" },
        { "Lisu", "ꓡꓲꓢꓴ" },
        { "Tifinagh", "ⵎⴰⵙⵉⵏ" },
        { "Vai", "ꕙꔤ" },
        { "Bamum", "ꚠꚡ" },
        { "Javanese", "ꦱꦸ" },
        { "Balinese", "ᬩᬮᬶ" },
        { "Sundanese", "ᮞᮥ" },
        { "Buginese", "ᨔᨕ" },
        { "Batak", "ᯅᯖᯂ" },
        { "Cham", "ꨌꩌ" },
        { "Tai Le", "ᥖᥭᥰ" },
        { "New Tai Lue", "ᦟᦲ" },
        { "Tai Tham", "ᩃᩣ" },
        { "Tai Viet", "ꪼꪕ" },
        { "Kayah Li", "ꤊꤢꤛ" },
        { "Lepcha", "ᰛᰩᰵ" },
        { "Limbu", "ᤕᤠᤰ" },
        { "Meetei Mayek", "ꯃꯅꯤ" },
        { "Ol Chiki", "ᱥᱟᱱ" },
        { "Saurashtra", "ꢪꢶ" },
        { "Syloti Nagri", "ꠍꠤ" },
        { "Chakma", "𑄌𑄋𑄴" },
        { "Newa", "𑐣𑐾" },
        { "Osage", "𐓏𐓘" },
        { "Hanifi Rohingya", "𐴌𐴓" },
        { "Wancho", "𞋊𞋋" },
        { "Nyiakeng Puachue", "𞄀𞄁" },
        { "Miao", "𖼀𖼁" },
        { "Deseret", "𐐀𐑌" },
        { "Sunuwar, of 2024", "𑯀𑯁" },
        { "Pictures", "😀😀|Ana 🌸|🐱|Bo 🇧🇷|👋🏽|♥ Ana ♥|♪ Mo|✨Zoe✨" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void PeopleKeepTheirNames(string script, string names)
    {
        foreach (var name in names.Split('|'))
            Assert.True(Rules.TryParse(name, out _), $"{script}: {name}");
    }

    [Fact]
    public void NoTwoOfThemAreTakenForEachOther()
    {
        var names = Samples.SelectMany(row => row.Data.Item2.Split('|')).Distinct()
            .Select(typed => Rules.TryParse(typed, out var name) ? name : throw new ArgumentException(typed)).ToList();

        Assert.Empty(
            from one in names
            from other in names.SkipWhile(name => name != one).Skip(1)
            where one.IsAlike(other)
            select $"{one} = {other}");
    }
}
