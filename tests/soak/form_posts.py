"""Every address that takes a POST, and what a page's form would send there: right or nonsense."""

import random
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from tests.sample_files import PDF, jpeg
from tests.test_access_table import PERSONAS, ROWS, first_standard

POST_ROWS = [row for row in ROWS if row[0] == "POST" and "o" in row[3]]
SUBJECTS = sorted({subject for _, _, subject, _ in POST_ROWS})


@dataclass
class FormParser(HTMLParser):
    """The boxes of the forms on a page, with what stands in them, and what may be chosen."""

    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag, attrs) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in ("input", "textarea", "select"):
            self.name = given.get("name", "")
            self._box(tag, given)
        elif tag == "option" and self.name:
            self._choice(given, chosen="selected" in given)

    def _box(self, tag: str, given: dict[str, str]) -> None:
        if not self.name or self.name == "csrfmiddlewaretoken":
            return
        kind = given.get("type", "text") if tag == "input" else tag
        self.kinds[self.name] = kind
        if kind == "file":
            self.files.add(self.name)
        elif kind in ("radio", "checkbox"):
            self._choice(given, chosen="checked" in given)
        else:
            self.values.setdefault(self.name, [given.get("value", "")])

    def _choice(self, given: dict[str, str], *, chosen: bool) -> None:
        value = given.get("value", "on")
        self.choices.setdefault(self.name, []).append(value)
        if chosen:
            self.values[self.name] = [value]

    def handle_data(self, data: str) -> None:
        if self.kinds.get(self.name) == "textarea" and data.strip():
            self.values[self.name] = [data.strip()]

    def filled(self) -> dict[str, list]:
        """As somebody would send it who fills every empty box with something likely."""
        sent = {name: [self._likely(name, value[0])] for name, value in self.values.items()}
        for name, choices in self.choices.items():
            wanted = next(filter(None, choices), "")
            if not sent.get(name, [""])[0]:
                sent[name] = [wanted]
        return sent | {name: [upload_file()] for name in self.files}

    def _likely(self, name: str, value: str) -> str:
        if value or name in self.choices or self.kinds.get(name) == "hidden":
            return value
        if name.endswith(("_on", "_day")) or name in ("since", "on", "day", "due", "until"):
            return numeric_date(timezone.localdate())
        return "3" if self.kinds.get(name) == "number" else "ก ทดสอบ 1"


def upload_file(rng: random.Random | None = None) -> SimpleUploadedFile:
    """A scan; sometimes a photo, nothing at all, or rubbish."""
    files = [PDF, jpeg(), b"", b"\x00" * 50, b"PK\x03\x04 rubbish", PDF[:60], "ก,ข\n1,2".encode()]
    content = rng.choice(files) if rng else PDF + f"% {uuid4()}".encode()
    return SimpleUploadedFile("แฟ้ม.pdf", content)


INVALID_VALUES = [
    "",
    " ",
    "\x00",
    "ก\x00ข",
    "\x01\x1b\x7f\u202e\ufeff",
    "ก" * 300,
    "ก" * 100_000,
    "9" * 30,
    "9" * 5_000,
    "-1",
    "0",
    "1.5",
    "1e308",
    "NaN",
    "Infinity",
    "๑๒๓",
    "2024",
    "9/5/2024",
    "31/2/2569",
    "๙/๕/๒๕๖๙",
    "1/1/9999",
    "true",
    "[]",
    '{"a": 1}',
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "😀" * 40,
    "ก\r\nข",
    "../../etc/passwd",
    "javascript:alert(1)",
    "http://[::1",
    "None",
    b"\xed\xa0\x80",
    b"\xff\xfe",
]


def with_invalid_values(sent: dict[str, list], rng: random.Random) -> dict[str, list]:
    """The same with a few boxes empty, twice, missing, of another kind, or full of nonsense."""
    sent = {name: list(values) for name, values in sent.items()}
    names = [*sent, "version", "pk", "page", "more"]
    for name in rng.sample(names, min(len(names), rng.randint(1, 4))):
        act = rng.randrange(6)
        if act == 0:
            sent.pop(name, None)
        elif act == 1:
            sent[name] = [*sent.get(name, ["1"]), rng.choice(INVALID_VALUES)]
        elif act == 2:
            sent[name] = [upload_file(rng)]
        else:
            sent[name] = [rng.choice(INVALID_VALUES)]
    return sent


def url_of_row(name: str, arguments: dict) -> str:
    """Its URL; a part of a sheet is the first one."""
    more = {"standard": first_standard(arguments)} if name == "sheet_standard" else {}
    return reverse(name, kwargs=arguments | more)


def allowed_personas(signs: str) -> list[str]:
    """Who may do it, by the access table."""
    return [who for who, sign in zip(PERSONAS, signs, strict=True) if sign == "o"]


def parse_form(client: Client, url: str) -> FormParser:
    """The boxes of the page at this address; none where it has no page."""
    form = FormParser()
    response = client.get(url)
    if response.status_code == 200 and not response.streaming:
        form.feed(response.content.decode())
    return form
