"""Who is invited, who comes, with how many members: 97 States on five continents and 15 organisations."""

from __future__ import annotations

#: States that come, by continent of M49 (41 + 21 + 20 + 12 + 3 = 97), the larger delegations first.
STATES = {
    "europe": "pl de fr it es gb nl gr ro hu fi at be bg se no pt cz sk hr si lt lv ee ie dk mt ch lu is al ba rs me mk "
    "md ua by ru mc sm",
    "asia": "tr ge am az cy il jo jp kr cn in pk id th vn my ph sg kz uz ae",
    "africa": "ma tn dz eg ly sn ng ci ne ml mr gh ke et za cv td rw tz ug",
    "americas": "us ca br mx co ar cl pe ec uy cr do",
    "oceania": "au nz fj",
}
ORGANISATIONS = (
    "frontex european-commission council-of-the-eu eeas europol euaa eu-lisa "
    "interpol iom unhcr unodc wco osce icmpd nato"
)
#: Invited, not coming: those that answered with regrets, and those that never answered.
REGRETS = "kg tj tm mn lb kw om sd ao mz bo"
SILENT = "ve er gn af iq"

#: Members named, where it is not the usual two or three.
SIZES = {
    "frontex": 17,
    "pl": 8,
    "us": 7,
    "de": 6,
    "fr": 6,
    "it": 5,
    "es": 5,
    "ma": 5,
    "au": 4,
    "gb": 5,
    "european-commission": 5,
    "ua": 4,
    "tr": 4,
    "gr": 4,
    "nl": 4,
    "by": 4,
    "ba": 4,
    "sn": 4,
    "ge": 4,
    "jp": 4,
    "cn": 4,
    "interpol": 4,
    "europol": 4,
    "iom": 3,
}
PARTICIPANTS = 318
#: Named, not (yet) accredited.
IN_THE_QUEUE = 8

FRENCH = frozenset(["fr", "be", "lu", "mc", "ma", "tn", "dz", "mr", "sn", "ci", "ne", "ml", "td", "rw", "ch"])
SPANISH = frozenset(["es", "mx", "co", "ar", "cl", "pe", "ec", "uy", "cr", "do"])
RUSSIAN = frozenset(["ru", "by", "ua", "kz", "uz", "am", "ge", "az", "md"])
ARABIC = frozenset(["ma", "tn", "dz", "eg", "ly", "mr", "jo", "ae"])
GERMAN = frozenset(["de", "at", "ch"])
#: Conference languages besides English, and who works in them rather than in English.
WORKING_LANGUAGES = (("fr", FRENCH), ("es", SPANISH), ("ru", RUSSIAN), ("ar", ARABIC), ("de", GERMAN))


def coming() -> tuple[str, ...]:
    """Return the codes of all who come: States by continent, then organisations."""
    return (*(code for codes in STATES.values() for code in codes.split()), *ORGANISATIONS.split())


def language_of(code: str) -> str:
    """Return the language in which a delegation prefers to talk."""
    return next((language for language, codes in WORKING_LANGUAGES if code in codes), "en")
