"""The base template and the components, rendered with as little as they ask for."""

import gzip
import re
from datetime import datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string

from supervision.cycle.board import BoardCell

pytestmark = pytest.mark.db_agnostic

TEMPLATES = settings.BASE_DIR / "templates"
CSS_BYTES = 8 * 1024  # as it is sent, compressed
UNDEFINED = "UNDEFINED-VARIABLE"

STATUS = {"kind": "done", "word": "เสร็จแล้ว"}
STEPS = [{"kind": kind} for kind in ("done", "done", "mine", "wait", "late", "idle", "idle")]
CELL = BoardCell("done", "เสร็จแล้ว", "/c", 1)
BOARD_ROW = {"name": "บ้านโคกงาม", "url": "/s", "now": STATUS, "cells": [CELL]}
MANUAL = {"timing": "", "timing_suggested": "ตลอดปีการศึกษา", "quality_standard": "ถูกต้อง"}


class ReasonForm(forms.Form):
    """A form with one text and one choice, both required."""

    reason = forms.CharField(label="เหตุผล")
    mode = forms.ChoiceField(label="รูปแบบ", choices=[("1", "ลงพื้นที่")], widget=forms.RadioSelect)


ReasonFormSet = forms.formset_factory(ReasonForm, extra=0)

CASES = {
    "board.html": (
        {
            "caption": "ความก้าวหน้า",
            "steps": [{"no": 1, "label": "ข้อมูล"}],
            "groups": [
                {"name": "โคกงาม", "note": "1 โรงเรียน", "totals": ["1/1"], "rows": [BOARD_ROW]}
            ],
        },
        "เสร็จแล้ว",
    ),
    "confirm.html": (
        {"heading": "ยืนยันผล", "cancel_url": "/", "submit_label": "ยืนยัน"},
        "กลับไปตรวจทาน",
    ),
    "data_note.html": ({"text": "ทะเบียนมี 5 โรงเรียน"}, "ข้อสังเกตข้อมูล"),
    "empty_state.html": ({"title": "ยังไม่มีงาน", "text": "ดูความก้าวหน้าได้"}, "ดูความก้าวหน้าได้"),
    "error_summary.html": ({"form": ReasonForm({})}, "โปรดแก้ไข 2 รายการ"),
    "filter_bar.html": ({"form": ReasonForm()}, "แสดง"),
    "gap_notice.html": ({"gap": 2}, "ต่างจากโรงเรียน 2 ระดับ"),
    "history.html": (
        {"entries": [{"what": "ส่งคืน", "who": "ครู", "when": datetime(2026, 11, 14, 9, 5)}]},
        "14 พ.ย. 2569 09.05",
    ),
    "level_disc.html": ({"level": ""}, "ยังไม่มีระดับ"),
    "level_radio.html": ({"name": "a1", "option": {"value": 5, "label": "ยอดเยี่ยม"}}, "ยอดเยี่ยม"),
    "manual_facts.html": ({"manual": MANUAL}, "อ่านไม่ได้ในคู่มือ (เสนอ: ตลอดปีการศึกษา)"),
    "meter.html": ({"done": 12, "total": 26, "label": "ตัวชี้วัด"}, "12/26"),
    "page_header.html": ({"title": "งานที่รอคุณ"}, "<h1>งานที่รอคุณ</h1>"),
    "pagination.html": ({"page": Paginator(range(4), 2).page(1)}, "หน้า 1 จาก 2"),
    "sample_mark.html": ({}, "ตัวอย่าง"),
    "save_state.html": ({"state": "unsaved", "count": 3}, "ยังไม่บันทึก 3 ช่อง"),
    "school_row.html": (
        {
            "row": {
                "name": "บ้านโคกงาม",
                "url": "/s",
                "steps": STEPS,
                "progress_text": "เสร็จ 2 จาก 7 ขั้น",
                "step_word": "ขั้น 3",
            }
        },
        "เสร็จ 2 จาก 7 ขั้น",
    ),
    "school_score.html": ({"level": 5, "name": "ยอดเยี่ยม"}, "โรงเรียนประเมินตนเอง"),
    "score_card.html": ({"label": "บรรลุ", "number": "48"}, "48"),
    "status_pill.html": (STATUS, "เสร็จแล้ว"),
    "task_list.html": ({"steps": [{**STATUS, "no": 1, "title": "ข้อมูล"}]}, "ขั้นที่ 1"),
    "task_row.html": (
        {"step": {**STATUS, "no": 2, "title": "เกณฑ์", "manual": MANUAL}},
        "ที่มาตามคู่มือ",
    ),
    "todo_row.html": ({"item": {**STATUS, "title": "ลงนาม", "url": "/v"}}, 'href="/v"'),
    "breadcrumbs.html": ({"url": "/board", "label": "ความก้าวหน้า"}, 'href="/board"'),
    "step_progress.html": (
        {"steps": STEPS, "text": "เสร็จ 2 จาก 7 ขั้น"},
        'aria-label="เสร็จ 2 จาก 7 ขั้น"',
    ),
}


@pytest.fixture
def strict() -> DjangoTemplates:
    """The portal's own template engine, except that an undefined variable is written out."""
    portal = settings.TEMPLATES[0]
    options = {
        "builtins": portal["OPTIONS"]["builtins"],
        "context_processors": ["django.template.context_processors.request"],
        "string_if_invalid": UNDEFINED,
    }
    return DjangoTemplates(
        {"NAME": "strict", "DIRS": portal["DIRS"], "APP_DIRS": True, "OPTIONS": options}
    )


def component_names() -> set[str]:
    return {path.name for path in (TEMPLATES / "components").glob("*.html")}


def test_every_component_has_a_case():
    # Apps may add components of their own; those of the design system must stay tried.
    assert set(CASES) <= component_names()


@pytest.mark.parametrize("name", sorted(CASES))
def test_component_needs_no_more_than_it_says(name, strict, rf):
    context, expected = CASES[name]
    html = strict.get_template(f"components/{name}").render(dict(context), rf.get("/?size=s"))
    assert expected in html
    assert UNDEFINED not in html


def test_base_renders_with_nothing_at_all(strict):
    html = strict.get_template("base.html").render({})
    assert 'lang="th"' in html
    assert UNDEFINED not in html
    assert "ออกจากระบบ" not in html
    assert "เข้าสู่ระบบ" in html


def test_base_shows_messages(strict):
    html = strict.get_template("base.html").render({"messages": [{"level_tag": "error"}]})
    assert "ไม่สำเร็จ" in html
    assert UNDEFINED not in html


def test_base_shows_where_and_who(strict, rf):
    context = {
        "office": {"short_name": "สพป.ตัวอย่าง", "name": "สำนักงานตัวอย่าง", "group_name": "กลุ่มนิเทศ"},
        "term_in_force": "2/2569",
        "nav": [{"url": "/board", "label": "ความก้าวหน้า", "current": True}],
        "user": {"pk": 16, "is_authenticated": True, "full_name": "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16"},
        "is_demo": True,
    }
    html = strict.get_template("base.html").render(context)
    for text in ("ภาคเรียนที่ 2/2569", "สพป.ตัวอย่าง", "ตำแหน่งเลขที่ 16", "ออกจากระบบ", "ข้อมูลตัวอย่าง"):
        assert text in html
    assert '<a href="/board" aria-current="page">ความก้าวหน้า</a>' in html
    assert UNDEFINED not in html


def test_error_summary_leads_to_each_field():
    html = render_to_string("components/error_summary.html", {"form": ReasonForm({})})
    assert 'href="#id_reason"' in html
    assert 'href="#id_mode_0"' in html, "a group of radios is reached at its first choice"


def test_error_summary_names_the_form_of_a_set():
    data = {
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 0,
        "form-0-reason": "ครบ",
        "form-0-mode": "1",
    }
    formset = ReasonFormSet({**data, "form-1-mode": "1"})
    formset.forms[1].empty_permitted = False
    html = render_to_string("components/error_summary.html", {"form": formset})
    assert "รายการที่ 2 เหตุผล" in html
    assert 'href="#id_form-1-reason"' in html


def test_error_summary_is_silent_when_nothing_is_wrong():
    form = ReasonForm({"reason": "ครบ", "mode": "1"})
    assert render_to_string("components/error_summary.html", {"form": form}).strip() == ""


def test_confirm_page_asks_with_one_post_button(strict, rf):
    context = {
        "heading": "ยืนยันผลประเมินตนเอง",
        "effects": ["โรงเรียนจะแก้คะแนนไม่ได้"],
        "irreversible": "แก้ได้โดยออกฉบับใหม่เท่านั้น",
        "form": ReasonForm(),
        "submit_label": "ยืนยันผล",
        "cancel_url": "/s",
    }
    html = strict.get_template("components/confirm.html").render(context, rf.get("/"))
    main = html[html.index("<main") : html.index("</main>")]
    assert main.count("<h1") == 1
    assert main.count('type="submit"') == 1
    assert "csrfmiddlewaretoken" in main
    assert "เมื่อยืนยันผลแล้ว" in main


def test_pagination_keeps_the_filters(strict, rf):
    page = Paginator(range(4), 2).page(1)
    template = strict.get_template("components/pagination.html")
    html = template.render({"page": page}, rf.get("/?size=s"))
    assert "size=s&amp;page=2" in html


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="green"):
        engines["django"].from_string("{{ kind|glyph }}").render({"kind": "green"})


INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    # A script of the type application/json is data: no browser executes it, no policy forbids it.
    "script with a body": re.compile(
        r"""<script\b(?![^>]*\stype="application/json"[\s>])[^>]*>(?!\s*</script>)""", re.I
    ),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
}
PAGES = sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_obeys_the_content_security_policy(path: Path):
    text = path.read_text()
    found = [what for what, pattern in INLINE.items() if pattern.search(text)]
    assert not found


def test_own_css_stays_small():
    every_page = ("base.css", "components.css", "forms.css")
    files = [settings.BASE_DIR / "static/css" / name for name in every_page]
    size = sum(len(gzip.compress(file.read_bytes())) for file in files)
    assert size <= CSS_BYTES
