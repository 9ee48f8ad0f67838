"""The memo by which a report is forwarded: drafted, written, printed, signed by hand."""

import io

import pypdf
import pytest
from django.urls import reverse

from reports import actions
from reports.memos.actions import save_memo
from reports.memos.draft import drafted_memo
from reports.memos.models import Memo
from reports.memos.pages import memo_of
from reports.memos.paper import memo_context
from reports.models import IssuedDocument
from schools.core.thai import thai_digits
from supervision.improvement.models import Recommendation
from tests.reports.conftest import normalized


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def words_of(document, **changes) -> dict[str, str]:
    """What a person who keeps the draft sends, with these changes."""
    memo = memo_of(document)
    names = (
        *("office_unit", "number", "subject", "addressee", "enclosures", "background"),
        *("facts", "legal_basis", "proposal", "closing", "signer_name", "signer_post"),
    )
    return {name: getattr(memo, name) for name in names} | changes


@pytest.fixture
def write(prepared, login, group_director):
    """Send the page of the memo of a prepared report, as the group director."""

    def send(**changes):
        client, url = login(group_director), reverse("memo", args=[prepared.pk])
        version = client.get(url).context["form"].initial["version"]
        return client.post(url, words_of(prepared, **changes) | {"version": version})

    return send


# --- The system's draft ---


def test_a_report_that_waits_is_proposed_and_a_signed_one_reported(prepared, area_director):
    memo = drafted_memo(prepared)
    assert memo.subject == f"เสนอลงนาม{prepared}"
    assert memo.closing == "จึงเรียนมาเพื่อโปรดพิจารณา"
    actions.issue_report(prepared, by=area_director)
    signed = drafted_memo(IssuedDocument.objects.get(pk=prepared.pk))
    assert signed.subject == str(prepared)
    assert signed.closing == "จึงเรียนมาเพื่อโปรดทราบ"


def test_the_draft_leaves_empty_what_the_office_supplies(prepared):
    memo = drafted_memo(prepared)
    assert (memo.number, memo.dated_on, memo.legal_basis) == ("", None, "")
    assert memo.signer_name == str(prepared.prepared_by)


def test_the_facts_are_those_of_the_report(prepared):
    assert "ผลการพิจารณา บรรลุ วันที่นิเทศ 18 พ.ย. 2569" in drafted_memo(prepared).facts


@pytest.mark.parametrize("is_signed", [True, False])
def test_of_many_schools_each_term_has_its_counts(
    agreed, more_schools, cluster, group_director, area_director, is_signed
):
    more_schools(3)
    document = actions.prepare_summary_report(
        agreed.term, cluster, number="3/2569", by=group_director
    )
    if is_signed:
        actions.issue_report(document, by=area_director)
        Recommendation.objects.all().delete()
    facts = drafted_memo(document).facts.splitlines()
    assert facts[1].startswith("ภาคเรียนที่ 2/2569 มีโรงเรียนทั้งหมด จำนวน 2 โรงเรียน")
    assert "ไม่บรรลุ" not in facts[1]
    assert facts[2] == "ข้อเสนอแนะ จำนวน 2 ข้อ"


def test_the_years_memo_says_what_the_years_report_says(year_prepared, area_director):
    assert "ภาคเรียนที่ 2/2569 มีโรงเรียนทั้งหมด จำนวน 1 โรงเรียน" in drafted_memo(year_prepared).facts
    actions.issue_report(year_prepared, by=area_director)
    assert "จำนวน 1 โรงเรียน" in drafted_memo(year_prepared).facts


# --- Written ---


def test_it_is_written_and_kept_as_typed(write, prepared, group_director):
    assert write(number="ศธ 1/2569", dated_on="20 พ.ย. 2569").status_code == 302
    memo = Memo.objects.get()
    assert (memo.document, memo.number, memo.updated_by) == (prepared, "ศธ 1/2569", group_director)
    assert memo.dated_on.isoformat() == "2026-11-20"
    assert write(number="ศธ 2/2569").status_code == 302
    assert Memo.objects.get().number == "ศธ 2/2569"


def test_looking_at_it_saves_nothing(prepared, login, group_director):
    client = login(group_director)
    assert "เปิดร่างของระบบ (PDF)" in text_of(client.get(reverse("memo", args=[prepared.pk])))
    assert client.get(reverse("memo_paper", args=[prepared.pk])).status_code == 200
    assert not Memo.objects.exists()


def test_what_is_missing_is_asked_for(write):
    answer = write(subject="", facts="")
    assert "โปรดกรอกเรื่อง" in text_of(answer)
    assert "โปรดกรอกข้อเท็จจริง" in text_of(answer)
    assert not Memo.objects.exists()


def test_nobody_overwrites_what_they_have_not_seen(prepared, login, group_director):
    client, url = login(group_director), reverse("memo", args=[prepared.pk])
    save_memo(prepared, by=group_director, **words_of(prepared))
    version = client.get(url).context["form"].initial["version"]
    save_memo(prepared, by=group_director, **words_of(prepared, subject="ของผู้อื่น"))
    sent = words_of(prepared, subject="ของฉัน") | {"version": version}
    assert "ของผู้อื่น" in text_of(client.post(url, sent))
    assert Memo.objects.get().subject == "ของผู้อื่น"


def test_who_only_reads_gets_no_form(prepared, login, supervisor, school_director):
    client, url = login(supervisor), reverse("memo", args=[prepared.pk])
    assert client.get(url).context["form"] is None
    assert client.post(url, words_of(prepared)).status_code == 403
    assert login(school_director).get(url).status_code == 404


def test_a_school_that_reads_the_report_does_not_read_its_memo(issued, login, school_director):
    client = login(school_director)
    page = text_of(client.get(issued.get_absolute_url()))
    assert reverse("memo", args=[issued.pk]) not in page
    for name in ("memo", "memo_paper"):
        assert client.get(reverse(name, args=[issued.pk])).status_code == 403


# --- Printed ---


def test_an_empty_section_is_left_out_and_not_counted(prepared):
    memo = drafted_memo(prepared)
    titles = [(one.number, one.title) for one in memo_context(memo)["sections"]]
    assert titles == [(1, "เรื่องเดิม"), (2, "ข้อเท็จจริง"), (3, "ข้อเสนอ")]
    memo.legal_basis = "ระเบียบทดสอบ\n\nข้อ 2"
    sections = memo_context(memo)["sections"]
    assert [(one.number, one.title) for one in sections][2:] == [(3, "ข้อกฎหมาย"), (4, "ข้อเสนอ")]
    assert sections[2].paragraphs == ["ระเบียบทดสอบ", "ข้อ 2"]


@pytest.mark.db_agnostic
def test_the_paper_has_all_of_it_in_thai_digits(write, prepared, login, group_director):
    write(number="ศธ 1/2569", dated_on="20 พ.ย. 2569", enclosures="รายงาน 1 เล่ม\nคำสั่ง 1 ฉบับ")
    answer = login(group_director).get(reverse("memo_paper", args=[prepared.pk]))
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    text = normalized("".join(page.extract_text() for page in reader.pages))
    for words in (
        "บันทึกข้อความ",
        "ส่วนราชการ",
        "ศธ ๑/๒๕๖๙",
        "๒๐ พฤศจิกายน ๒๕๖๙",
        "๑. รายงาน ๑ เล่ม",
        "๒. คำสั่ง ๑ ฉบับ",
        "๒. ข้อเท็จจริง",
        "จึงเรียนมาเพื่อโปรดพิจารณา",
        "ความเห็น/คำสั่ง",
        thai_digits(f"รองผู้อำนวยการ{prepared.round.school.area.name}"),
        str(prepared.prepared_by),
    ):
        assert normalized(words) in text
    assert len(reader.pages) <= 2
