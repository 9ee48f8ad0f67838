"""Somebody who follows every link, asks for every choice and opens every file."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pypdf
from python_calamine import CalamineWorkbook

from tests.pdf_readers import page_texts
from tests.word_readers import word_text

# Of pages that differ by a number only: a calendar can be turned for ever, a paper takes a second.
MAX_PAGES_PER_PATTERN, MAX_QUERIES_PER_PATTERN, MAX_PAPERS_PER_PATTERN = 20, 2, 1
PAPERS = ("/form/", "/word/", "/default/")
NOT_FOLLOWED = re.compile(r"/(static|admin)/|/accounts/logout/")


class LinkParser(HTMLParser):
    """Where a page leads, as a person may go on from it.

    By links, pictures, buttons that save and open another part, and the forms that only ask,
    with all their choices.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.asking: str | None = None
        self.name = ""

    def handle_starttag(self, tag, attrs) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [given[name] for name in ("href", "src", "hx-get") if given.get(name)]
        if tag == "button" and given.get("value", "").startswith("/"):
            self.found.append(given["value"])  # saves what was typed and goes on there
        if tag == "form":
            asks = given.get("method", "get").lower() == "get"
            self.asking = given.get("action", "") if asks else None
        elif tag in ("select", "input"):
            self.name = given.get("name", "")
        if tag == "option" or given.get("type") in ("radio", "checkbox"):
            self._ask(given.get("value", ""))

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.asking = None

    def _ask(self, value: str) -> None:
        if self.asking is not None and self.name and value:
            self.found.append(f"{self.asking}?{urlencode({self.name: value})}")


def response_text(response) -> str:
    """All that an answer says: its headers, and its text as a person or a program gets it."""
    content = response.getvalue() if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{_text(content, kind)}"


def _text(content: bytes, kind: str) -> str:
    if content.startswith(b"%PDF") and len(content) > 100:
        return pdf_text(content)
    if "spreadsheet" in kind:
        sheets = CalamineWorkbook.from_filelike(BytesIO(content))
        rows = [sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names]
        return f"{sheets.sheet_names} {rows}"
    if "wordprocessingml" in kind:
        return word_text(content)
    if kind.startswith("image/"):
        return ""
    text = content.decode(errors="replace")
    return text + unescape(text)


def pdf_text(content: bytes) -> str:
    """Its pages, what it says of itself, its links and what hangs on it."""
    paper = pypdf.PdfReader(BytesIO(content))
    marks = [str(note.get_object()) for page in paper.pages for note in page.get("/Annots", [])]
    about = [str(paper.metadata), str(paper.xmp_metadata), *paper.attachments]
    return "\n".join(page_texts(content) + marks + about)


def crawl(client, *starts: str) -> dict[str, str]:
    """Each of these and what can be reached from them by links, with what it says."""
    told: dict[str, str] = {}
    asked: Counter[str] = Counter()
    ahead = list(starts)
    while ahead:
        url = ahead.pop(0)
        kind = re.sub(r"\d+", "0", url.partition("?")[0]) + "?" * ("?" in url)
        if url in told or NOT_FOLLOWED.match(url):
            continue
        if asked[kind] >= _most(kind) and url not in starts:
            continue
        asked[kind] += 1
        response = client.get(url)
        told[url] = response_text(response)
        ahead += [_plain(urljoin(url, link)) for link in _links(response)]
    return told


def _most(kind: str) -> int:
    if kind.endswith("?"):
        return MAX_QUERIES_PER_PATTERN
    return MAX_PAPERS_PER_PATTERN if kind.endswith(PAPERS) else MAX_PAGES_PER_PATTERN


def _links(response) -> list[str]:
    if response.headers.get("Location"):
        return _ours([response.headers["Location"]])
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    page = LinkParser()
    page.feed(response.content.decode())
    return _ours(page.found)


def _ours(links) -> list[str]:
    """Addresses of this portal, whether told in full or from its root."""
    found = [link.removeprefix("http://testserver") for link in links]
    return [link for link in found if not re.match(r"[a-z]+:|//|#", link)]


def _plain(url: str) -> str:
    """Without the place in the page, its questions in one order."""
    parts = urlsplit(url)
    query = urlencode(sorted(parse_qsl(parts.query)))
    return parts.path + (f"?{query}" if query else "")


def addresses_of_words(words, told: dict[str, str]) -> dict[str, list[str]]:
    """Which of the words stand at which address: empty where nothing leaks."""
    found = {word: [url for url, text in told.items() if word in text] for word in words}
    return {word: urls for word, urls in found.items() if urls}
