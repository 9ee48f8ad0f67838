"""An order of the office with its annex (คำสั่งและรายละเอียดแนบท้าย): what it says, and its PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner, office_signer
from reports.emblem import emblem_images
from reports.papers.models import filled_lines
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, paper_response
from schools.access import Permission
from schools.core.http import SignedInRequest
from schools.core.thai import MONTHS, be_year, long_date, long_date_with_era
from schools.models import Area, User
from supervision.assignments.enums import OrderState
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer

REPLACED_WORD = "ยกเลิกแล้ว"
MANUAL_REMARK = "พิมพ์ตามคู่มือการปฏิบัติงาน คงข้อความไว้ตามที่คู่มือพิมพ์"


def order_context(order: OfficialOrder, area: AreaHeading) -> dict[str, Any]:
    """All that the order says, for its PDF and its Word file, in plain values.

    What a draft lacks is empty: its number, its days, who signs it.
    """
    signer = _signer(order)
    return {
        "office": area["name"],
        "group_name": area["group_name"],
        "number": order.number,
        "subject": order.subject,
        "paragraphs": _paragraphs(order),
        "effective_on": _day(order.effective_on),
        "ordered_on": _day(order.ordered_on),
        "annex_day": _annex_day(order.ordered_on),
        "signer_name": signer.name,
        "signer_post_lines": signer.post_lines,
        "annex_title": order.annex_title,
        "officers": [_officer_words(officer) for officer in order.officers.all()],
    }


def _paragraphs(order: OfficialOrder) -> list[str]:
    """Why the order is given, by which law, and what it says; more paragraphs if it has them."""
    replaced = " และ".join(str(one) for one in order.supersessions.all())
    closing = order.closing.removeprefix("จึง")
    ordered = f"ยกเลิก{replaced} และ{closing}" if replaced else closing
    basis = f"อาศัยอำนาจตามความใน{order.legal_basis} " if order.legal_basis else ""
    *earlier, reason = filled_lines(order.reason) or [""]
    return [*earlier, *filled_lines(f"{reason} {basis}จึง{ordered}")]


def _day(day: date | None) -> str:
    return long_date_with_era(day) if day else ""


def _annex_day(day: date | None) -> str:
    """As annexes give their day: 9 เดือน พฤษภาคม 2567."""
    return f"{day.day} เดือน {MONTHS[day.month - 1]} {be_year(day)}" if day else ""


def _signer(order: OfficialOrder) -> PaperSigner:
    """Who signed it, as it was frozen; of a draft who may sign it today."""
    if order.is_draft:
        return office_signer(Permission.ISSUE_ORDER)
    return PaperSigner("", order.signatory_name, order.signatory_post)


def _officer_words(officer: OrderOfficer) -> dict[str, Any]:
    return {
        "heading": _officer_heading(officer),
        "duties": [_duty_words(duty) for duty in officer.duties.all()],
    }


def _officer_heading(officer: OrderOfficer) -> str:
    """Name, position, standing and position number, as far as the order has them."""
    post, standing = officer.printed_post, officer.get_academic_standing_display()
    said = (
        ("", officer.printed_name),
        ("ตำแหน่ง ", post),
        (f"วิทยฐานะ {post}", standing),
        ("ตำแหน่งเลขที่ ", officer.position_number),
    )
    return " ".join(f"{word}{value}" for word, value in said if value)


def _duty_words(duty: Duty) -> dict[str, Any]:
    return {
        "code": duty.code,
        "level": min(duty.depth, 2) + 1,
        "text": duty.text,
        "lines": [str(line) for line in duty.lines.all()],
    }


@dataclass(frozen=True)
class OrderPaper(OfficePaper):
    """The order as official rules set it, to be signed by hand; drafts say so on each page.

    As an appendix (`is_appendix`) of a year in which it was in force, a replaced one says in a line
    by which order and since when, and not on each page that it is void.
    """

    template = "reports/paper/order.html"
    name = "คำสั่ง"

    order: OfficialOrder
    area: AreaHeading
    is_appendix: bool = False

    @property
    def title(self) -> str:
        return f"{self.order} {self.order.subject}" if self.order.number else str(self.order)

    @property
    def watermark(self) -> str:
        if self.is_appendix:
            return ""
        words = {OrderState.DRAFT: DRAFT_WORD, OrderState.SUPERSEDED: REPLACED_WORD}
        return words.get(OrderState(self.order.state), "")

    @property
    def is_sample(self) -> bool:
        return self.order.is_sample

    @property
    def remark(self) -> str:
        """What the reader has to know of the paper itself."""
        remarks = [MANUAL_REMARK] if self.order.is_from_manual else []
        if self.is_sample and not remarks:
            remarks.append("ข้อมูลตัวอย่าง")
        if self.is_appendix and self.order.state == OrderState.SUPERSEDED:
            remarks.append(_replaced_words(self.order))
        return " · ".join(remarks)

    @property
    def images(self) -> Mapping[str, bytes]:
        return emblem_images(self.area)

    def context(self) -> dict[str, Any]:
        return {"r": self, "order": order_context(self.order, self.area)}


def _replaced_words(order: OfficialOrder) -> str:
    """By which signed order it was replaced, and since when."""
    newer = OfficialOrder.objects.signed().filter(supersessions__superseded=order)
    last = newer.order_by("effective_on", "pk").last()
    if last is None or last.effective_on is None:
        return REPLACED_WORD
    return f"ยกเลิกโดยคำสั่งที่ {last.number} ตั้งแต่วันที่ {long_date(last.effective_on)}"


def readable_order(user: User, pk: int) -> OfficialOrder:
    """The order with its annex, in a constant number of queries. Raises Http404."""
    orders = OfficialOrder.objects.visible_to(user)
    annex = ("supersessions", "officers__duties__lines")
    return get_object_or_404(orders.prefetch_related(*annex), pk=pk)


def order_paper_of(order: OfficialOrder) -> OrderPaper:
    return OrderPaper(order, area_heading(Area.objects.get()))


def order_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """To whom the order's page shows it."""
    return paper_response(order_paper_of(readable_order(request.user, pk)))
