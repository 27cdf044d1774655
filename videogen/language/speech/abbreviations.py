"""English abbreviations and initials as they are said."""

from __future__ import annotations

from videogen.language.speech.rules import Rule, rule

# Said before a name; the full stop belongs to the abbreviation.
TITLES = {
    "Ms": "Miz", "Prof": "Professor",
    "Gen": "General", "Adm": "Admiral", "Capt": "Captain", "Lt": "Lieutenant", "Col": "Colonel",
    "Maj": "Major", "Sgt": "Sergeant", "Cpl": "Corporal", "Cmdr": "Commander", "Cdr": "Commander",
    "Sen": "Senator", "Rep": "Representative", "Gov": "Governor", "Pres": "President",
    "Rev": "Reverend", "Hon": "Honorable", "St": "Saint", "Mt": "Mount", "Ft": "Fort",
    "Fr": "Father", "Supt": "Superintendent", "Insp": "Inspector", "Messrs": "Messieurs", "Drs": "Doctors", "Pvt": "Private",
}  # fmt: skip

# Said the same wherever they stand; a sentence's full stop is kept where a new one begins.
_WORDS = {
    "Jr": "Junior", "Sr": "Senior", "Inc": "Incorporated", "Ltd": "Limited", "Corp": "Corporation",
    "Bros": "Brothers", "Co": "Company", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "etc": "et cetera",
    "approx": "approximately", "dept": "department", "Dept": "Department",
    "govt": "government", "Govt": "Government", "Mon": "Monday", "Tue": "Tuesday",
    "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Thurs": "Thursday", "Fri": "Friday",
}  # fmt: skip
_STREETS = {"St": "Street", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road"}
BEFORE_A_NUMBER = {
    "Fig": "Figure", "fig": "figure", "vol": "volume", "Vol": "Volume", "ch": "chapter", "Ch": "Chapter",
    "Op": "Opus", "op": "opus", "est": "established", "Est": "Established", "min": "minimum", "max": "maximum",
    "Art": "Article", "art": "article", "Approx": "Approximately", "chap": "chapter", "Chap": "Chapter", "sec": "section", "Sec": "Section", "eq": "equation",
    "pp": "pages", "p": "page", "ca": "circa", "c": "circa", "approx": "approximately",
}  # fmt: skip
STARTERS = (
    "The|A|An|In|It|Its|This|That|These|Those|But|And|He|She|They|We|You|I|However|Then|When|While|"
    "At|By|For|From|On|Of|To|With|After|Before|As|If|So|No|Not|There|Their|His|Her|Our|What|Who|Why"
).split("|")
NEW_SENTENCE = rf"(?:\s*$|\s*\n|\s+(?:{'|'.join(STARTERS)})\b)"


def _one_of(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


ABBREVIATIONS: tuple[Rule, ...] = (
    rule(r"\b[Ee]\.\s?g\.,?", lambda m: "For example," if m.group()[0] == "E" else "for example,"),
    rule(r"\b[Ii]\.\s?e\.,?", lambda m: "That is," if m.group()[0] == "I" else "that is,"),
    # Its lower case is a word, that of the others isn't.
    rule(r"(?<=\b[Tt]he )WHO\b(?!\s[A-Z]{2})", "W H O"),
    rule(r"\bWW(?:II|2)\b", "World War Two"),
    rule(r"\bWW(?:I|1)\b", "World War One"),
    rule(r"\bet al\b\.?", "and others"),
    rule(r"\b(?:YoY|y/y)\b", "year over year"),
    rule(r"\b(?:QoQ|q/q)\b", "quarter over quarter"),
    rule(r"\ba\.\s?k\.\s?a\.|\baka\b", "also known as"),
    rule(r"(?<=[A-Za-z]\s)v\.?(?=\s[A-Z])", "versus"),
    rule(r"\b([Nn])os\.\s?(?=\d)", lambda m: f"{m[1]}umbers "),
    rule(r"(?<!\w)w/o\s", "without "),
    rule(r"(?<!\w)w/\s?(?=\w)", "with "),
    rule(r"\b(Ms|Prof|Rev)\s(?=[A-Z][a-z])", lambda m: f"{TITLES[m[1]]} "),
    rule(r"(?<![a-z]\s)\bSt\s(?=[A-Z][a-z])|(?<=\b[aio][tnf]\s)St\s(?=[A-Z][a-z])", "Saint "),
    rule(rf"\b({_one_of(TITLES)})\.(?=\s?[A-Z]|\s(?:and|&)\s[A-Z])", lambda m: f"{TITLES[m[1]]} "),
    rule(
        rf"(?<=[a-z]\s)(St|Ave|Blvd|Rd)\.(?={NEW_SENTENCE})",
        lambda m: f"{_STREETS[m[1]]}.",
    ),
    rule(r"(?<=[a-z]\s)(St|Ave|Blvd|Rd)\.", lambda m: _STREETS[m[1]]),
    rule(
        r"\b([A-Z][a-z]+)\sDr\.(?=(?P<end>\s*$|\s*\n)|\s+[a-z]|[,;:])",
        lambda m: f"{m[1]} Drive{'' if m['end'] is None else '.'}",
    ),
    rule(rf"\b({_one_of(BEFORE_A_NUMBER)})\.\s?(?=\d)", lambda m: f"{BEFORE_A_NUMBER[m[1]]} "),
    rule(rf"\b({_one_of(_WORDS)})\.(?={NEW_SENTENCE})", lambda m: f"{_WORDS[m[1]]}."),
    rule(rf"\b({_one_of(_WORDS)})\.", lambda m: _WORDS[m[1]]),
)
