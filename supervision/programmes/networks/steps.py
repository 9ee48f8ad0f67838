"""The four steps of P2 in a fiscal year, each done when its facts are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.fiscal_years import choose_fiscal_year
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import fiscal_year_days
from supervision.programmes.models import Network
from supervision.programmes.models.networks import NETWORK_WORK
from supervision.programmes.networks.year_networks import (
    NETWORK_PROCESS,
    YearNetworks,
    load_year_networks,
)
from supervision.standards.enums import PassageKind
from supervision.standards.models import ManualPassage


@dataclass(frozen=True)
class NetworkStep:
    """One line of the task list; a step without facts of its own is done by its parts."""

    no: str
    title: str
    detail: str
    is_done: bool
    has_begun: bool = False
    url: str = ""

    @property
    def kind(self) -> StatusKind:
        if self.is_done:
            return StatusKind.DONE
        return StatusKind.YOURS if self.has_begun else StatusKind.WAITING

    @property
    def word(self) -> str:
        if self.is_done:
            return "มีข้อมูลแล้ว"
        return "ยังไม่ครบ" if self.has_begun else "ยังไม่มีข้อมูล"


def network_steps(found: YearNetworks) -> list[NetworkStep]:
    """The steps of the manual's table in its words, the third before its four parts."""
    passages = ManualPassage.objects.filter(process=NETWORK_PROCESS, kind=PassageKind.TABLE_STEP)
    titles = dict(passages.values_list("number", "text"))
    parts = _third_step_parts(found, titles)
    return [
        _information_step(found, titles),
        _plan_step(found, titles),
        _third_step(parts, titles),
        *parts,
        _last_step(found, titles),
    ]


def _information_step(found: YearNetworks, titles: Mapping[str, str]) -> NetworkStep:
    return NetworkStep(
        "1",
        titles.get("1", "ขั้นที่ 1"),
        f"เครือข่าย {len(found.networks)} เครือข่าย สมาชิก {found.members} ราย",
        is_done=bool(found.networks and found.members),
        has_begun=bool(found.networks),
        url=reverse("networks"),
    )


def _plan_step(found: YearNetworks, titles: Mapping[str, str]) -> NetworkStep:
    plan = found.plan
    state = plan.get_state_display() if plan else "ยังไม่มีแผนของปีนี้"
    return NetworkStep(
        "2",
        titles.get("2", "ขั้นที่ 2"),
        f"กิจกรรมของงาน {NETWORK_WORK} ในแผน {len(found.activities)} กิจกรรม · แผนของปี: {state}",
        is_done=bool(found.activities and plan and plan.is_approved),
        has_begun=bool(found.activities),
        url=plan.get_absolute_url() if plan else "",
    )


def _third_step(parts: Sequence[NetworkStep], titles: Mapping[str, str]) -> NetworkStep:
    done = [part.is_done for part in parts]
    return NetworkStep(
        "3",
        titles.get("3", "ขั้นที่ 3"),
        f"มีข้อมูลแล้ว {sum(done)} จาก {len(done)} ข้อ (ข้อ 3.1–3.4)",
        is_done=all(done),
        has_begun=any(done),
    )


def _third_step_parts(found: YearNetworks, titles: Mapping[str, str]) -> list[NetworkStep]:
    coming = len(found.forums) - len(found.held_forums)
    return [
        NetworkStep(
            "3.1",
            titles.get("3.1", "ข้อ 3.1"),
            f"แหล่งเรียนรู้ {len(found.sources)} แห่ง เริ่มในปีนี้ {len(found.new_sources)} แห่ง",
            is_done=bool(found.sources),
            url=reverse("learning_sources"),
        ),
        NetworkStep(
            "3.2",
            titles.get("3.2", "ข้อ 3.2"),
            f"จัดแล้ว {len(found.held_forums)} ครั้ง ผู้เข้าร่วมรวม {found.attendance:,} คน "
            f"กำหนดจัดอีก {coming} ครั้ง",
            is_done=bool(found.held_forums),
            has_begun=bool(found.forums),
            url=f"{reverse('forums')}?year={found.fiscal_year}",
        ),
        _formed_step("3.3", found.school_networks, found, titles),
        _formed_step("3.4", found.person_networks, found, titles),
    ]


def _formed_step(
    number: str, networks: Sequence[Network], found: YearNetworks, titles: Mapping[str, str]
) -> NetworkStep:
    new = sum(network.starts_on >= found.first_day for network in networks)
    return NetworkStep(
        number,
        titles.get(number, f"ข้อ {number}"),
        f"ดำเนินการอยู่ {len(networks)} เครือข่าย จัดตั้งในปีนี้ {new} เครือข่าย",
        is_done=bool(networks),
        url=reverse("networks"),
    )


def _last_step(found: YearNetworks, titles: Mapping[str, str]) -> NetworkStep:
    asked = f"process={NETWORK_PROCESS}&fiscal_year={found.fiscal_year}"
    detail = "ยังไม่มีในทะเบียนเผยแพร่"
    if found.disseminations:
        last = found.disseminations[0]
        detail = f"เผยแพร่แล้ว {len(found.disseminations)} รายการ ล่าสุด “{last.title}”"
    return NetworkStep(
        "4",
        titles.get("4", "ขั้นที่ 4"),
        detail,
        is_done=bool(found.disseminations),
        url=f"{reverse('dissemination_register')}?{asked}",
    )


def network_steps_page(request: SignedInRequest) -> HttpResponse:
    """The task list of a fiscal year, for who sees the area."""
    require(request.user, Permission.VIEW_AREA)
    choice = choose_fiscal_year(request.GET.get("year", ""), timezone.localdate())
    context = {
        "year": choice.year,
        "years": choice.offered,
        "days": fiscal_year_days(choice.year),
        "steps": network_steps(load_year_networks(choice.year)),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "may_record": can(request.user, Permission.RECORD_DISSEMINATION),
    }
    return render(request, "programmes/networks/steps.html", context)
