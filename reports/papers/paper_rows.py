"""One line of the page of a round's papers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from reports.papers.office_paper import OfficePaper
from schools.core.status import StatusKind
from schools.core.thai import short_date

NONE_YET = "ยังไม่มี"


@dataclass(frozen=True)
class RoundPaper:
    """One paper: how far it is, and where it opens; without `url` there is none for the reader.

    `detail` says when it came so far, or why there is none. `make` draws it for a bundle of the
    school's papers, to which blank forms and the like do not belong. `page_url` is the page of its
    record in the portal.
    """

    title: str
    kind: StatusKind
    word: str
    detail: str = ""
    url: str = ""
    page_url: str = ""
    make: Callable[[], OfficePaper] | None = None


def missing_paper(title: str, why: str, page_url: str = "") -> RoundPaper:
    return RoundPaper(title, StatusKind.IDLE, NONE_YET, why, page_url=page_url)


def blank_paper(title: str, url: str) -> RoundPaper:
    return RoundPaper(title, StatusKind.IDLE, "แบบเปล่า", "พิมพ์เพื่อกรอกด้วยมือ", url)


def on_day(verb: str, at: datetime | date | None) -> str:
    return f"{verb}เมื่อ {short_date(at)}" if at else ""
