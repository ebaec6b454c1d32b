"""Languages by ISO 639 code, and how text that exists in several of them is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language that people, names or texts can be in.

    Parameters
    ----------
    code
        ISO 639-1 where there is one, else ISO 639-3.
    english, endonym
        Its name in English and in itself.
    script
        ISO 15924 code of the script it is written in here.
    """

    code: str
    english: str
    endonym: str
    script: str = "Latn"

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, as HTML's ``dir`` has it."""
        return "rtl" if self.script in _RIGHT_TO_LEFT else "ltr"


_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Thaa"})

_ALL = (
    Language("am", "Amharic", "አማርኛ", "Ethi"),
    Language("ar", "Arabic", "العربية", "Arab"),
    Language("az", "Azerbaijani", "azərbaycan dili"),
    Language("be", "Belarusian", "беларуская мова", "Cyrl"),
    Language("bg", "Bulgarian", "български", "Cyrl"),
    Language("bn", "Bengali", "বাংলা", "Beng"),
    Language("bs", "Bosnian", "bosanski"),
    Language("ca", "Catalan", "català"),
    Language("cnr", "Montenegrin", "crnogorski"),
    Language("cs", "Czech", "čeština"),
    Language("da", "Danish", "dansk"),
    Language("de", "German", "Deutsch"),
    Language("dv", "Maldivian", "ދިވެހި", "Thaa"),
    Language("dz", "Dzongkha", "རྫོང་ཁ", "Tibt"),
    Language("el", "Greek", "ελληνικά", "Grek"),
    Language("en", "English", "English"),
    Language("es", "Spanish", "español"),
    Language("et", "Estonian", "eesti keel"),
    Language("fa", "Persian", "فارسی", "Arab"),
    Language("fi", "Finnish", "suomi"),
    Language("fr", "French", "français"),
    Language("ga", "Irish", "Gaeilge"),
    Language("he", "Hebrew", "עברית", "Hebr"),
    Language("hi", "Hindi", "हिन्दी", "Deva"),
    Language("hr", "Croatian", "hrvatski"),
    Language("hu", "Hungarian", "magyar"),
    Language("hy", "Armenian", "հայերեն", "Armn"),
    Language("id", "Indonesian", "bahasa Indonesia"),
    Language("is", "Icelandic", "íslenska"),
    Language("it", "Italian", "italiano"),
    Language("ja", "Japanese", "日本語", "Jpan"),
    Language("ka", "Georgian", "ქართული", "Geor"),
    Language("kk", "Kazakh", "қазақ тілі", "Cyrl"),
    Language("km", "Khmer", "ភាសាខ្មែរ", "Khmr"),
    Language("ko", "Korean", "한국어", "Kore"),
    Language("ku", "Kurdish", "kurdî"),
    Language("ky", "Kyrgyz", "кыргыз тили", "Cyrl"),
    Language("lb", "Luxembourgish", "Lëtzebuergesch"),
    Language("lo", "Lao", "ລາວ", "Laoo"),
    Language("lt", "Lithuanian", "lietuvių kalba"),
    Language("lv", "Latvian", "latviešu valoda"),
    Language("mk", "Macedonian", "македонски", "Cyrl"),
    Language("mn", "Mongolian", "монгол хэл", "Cyrl"),
    Language("ms", "Malay", "bahasa Melayu"),
    Language("mt", "Maltese", "Malti"),
    Language("my", "Burmese", "မြန်မာဘာသာ", "Mymr"),
    Language("nb", "Norwegian Bokmål", "norsk bokmål"),
    Language("ne", "Nepali", "नेपाली", "Deva"),
    Language("nl", "Dutch", "Nederlands"),
    Language("pl", "Polish", "polski"),
    Language("ps", "Pashto", "پښتو", "Arab"),
    Language("pt", "Portuguese", "português"),
    Language("ro", "Romanian", "română"),
    Language("ru", "Russian", "русский", "Cyrl"),
    Language("rw", "Kinyarwanda", "Ikinyarwanda"),
    Language("si", "Sinhala", "සිංහල", "Sinh"),
    Language("sk", "Slovak", "slovenčina"),
    Language("sl", "Slovenian", "slovenščina"),
    Language("so", "Somali", "Soomaali"),
    Language("sq", "Albanian", "shqip"),
    Language("sr", "Serbian", "српски", "Cyrl"),
    Language("sv", "Swedish", "svenska"),
    Language("sw", "Swahili", "Kiswahili"),
    Language("ta", "Tamil", "தமிழ்", "Taml"),
    Language("tg", "Tajik", "тоҷикӣ", "Cyrl"),
    Language("th", "Thai", "ไทย", "Thai"),
    Language("ti", "Tigrinya", "ትግርኛ", "Ethi"),
    Language("tk", "Turkmen", "türkmen dili"),
    Language("tr", "Turkish", "Türkçe"),
    Language("uk", "Ukrainian", "українська", "Cyrl"),
    Language("ur", "Urdu", "اردو", "Arab"),
    Language("uz", "Uzbek", "o\u02bbzbek tili"),
    Language("vi", "Vietnamese", "Tiếng Việt"),
    Language("zgh", "Standard Moroccan Tamazight", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "Tfng"),
    Language("zh", "Chinese", "中文", "Hans"),
)

#: Every language known here, by code.
LANGUAGES: Mapping[str, Language] = {language.code: language for language in _ALL}


def base_code(language: str) -> str:
    """Return the language of a locale: ``pt`` for ``pt-BR`` or ``pt_BR``."""
    return language.replace("_", "-").partition("-")[0].lower()


def language_chain(language: str, fallbacks: Sequence[str] = ("en",)) -> tuple[str, ...]:
    """Return the languages to try, best first, each once."""
    return tuple(dict.fromkeys((base_code(language), *fallbacks)))


def text_in(value: Mapping[str, str] | None, language: str, fallbacks: Sequence[str] = ("en",)) -> str:
    """Return a ``{language: text}`` value in one language.

    Parameters
    ----------
    value
        The texts; none is the same as no text.
    language
        The language wanted; a locale (``pt-BR``) counts as its language.
    fallbacks
        What to try next, in this order. When none of them has text, the first language
        (by code) that has some is better than nothing.

    Returns
    -------
    str
        The text, ``""`` when there is none in any language.
    """
    if not value:
        return ""
    for code in language_chain(language, fallbacks):
        if text := value.get(code, ""):
            return text
    return next((value[code] for code in sorted(value) if value[code]), "")
