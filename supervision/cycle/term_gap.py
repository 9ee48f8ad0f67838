"""Days on which no term is running: since when, until when, and who can open the next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from schools.access import Permission, Rights
from schools.core.thai import long_date
from schools.models import Term


@dataclass(frozen=True)
class TermGap:
    """No term is running: `ended` is the last one, `next_opens_on` the next one's first day.

    `may_add` says that the calendar has run out and this person may go on with it.
    """

    ended: Term | None
    next_opens_on: date | None
    may_add: bool

    @property
    def title(self) -> str:
        if self.next_opens_on:
            return f"ขณะนี้อยู่ระหว่างภาคเรียน ภาคเรียนถัดไปเปิดวันที่ {long_date(self.next_opens_on)}"
        if self.ended:
            day = long_date(self.ended.closes_on)
            return f"ภาคเรียนที่ {self.ended} ปิดแล้วเมื่อวันที่ {day} และยังไม่มีภาคเรียนถัดไปในทะเบียน"
        return "ยังไม่มีภาคเรียนที่มีผลวันนี้"

    @property
    def text(self) -> str:
        """Who moves it on, and whose figures the page shows meanwhile."""
        shown = f"ข้อมูลในหน้านี้เป็นของภาคเรียนที่ {self.ended}" if self.ended else ""
        return shown if self.next_opens_on else f"{WHO_OPENS} {shown}".rstrip()


WHO_OPENS = (
    "เจ้าหน้าที่งานธุรการหรือผู้ดูแลระบบเป็นผู้เพิ่มภาคเรียนในทะเบียน แล้วผู้อำนวยการกลุ่มนิเทศฯ จึงเปิดรอบการนิเทศได้"
)


def find_term_gap(
    rights: Rights, term: Term | None, next_opens_on: date | None, today: date
) -> TermGap | None:
    """None while a term is running. `term` is the one last opened."""
    if term is not None and term.is_running_on(today):
        return None
    may_add = next_opens_on is None and rights.allows(Permission.EDIT_REGISTRY)
    return TermGap(term, next_opens_on, may_add)


def next_term_opening(term: Term | None, today: date) -> date | None:
    """When the next term opens; `term` is that of `Term.objects.in_force`, which knows it."""
    if term is not None:
        return term.next_opens_on
    return Term.objects.filter(opens_on__gt=today).aggregate(first=Min("opens_on"))["first"]
