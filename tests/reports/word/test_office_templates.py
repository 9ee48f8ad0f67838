"""The office's own Word templates: taken away, edited, tried before they are used, and refused."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.word.enums import WordTemplateKind
from reports.word.models import OfficeWordTemplate
from reports.word.office_templates import check_template
from reports.word.rendering import default_word_template
from schools.core.errors import ActionRefused
from tests.word_readers import open_word, saved, word_text, written_template

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]


def upload(client, content: bytes, name="แม่แบบ.docx", kind="term"):
    url = reverse("word_template", args=[kind])
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def with_part(content: bytes, name: str, body: bytes, changes=()) -> bytes:
    """The package with one part more, and text of its other parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            for before, after in changes:
                data = data.replace(before, after)
            new.writestr(part, data)
        if name:
            new.writestr(name, body)
    return file.getvalue()


def refusal(*paragraphs: str) -> str:
    with pytest.raises(ActionRefused) as refused:
        check_template(WordTemplateKind.TERM, written_template(*paragraphs))
    return str(refused.value)


@pytest.mark.parametrize("kind", WordTemplateKind)
def test_the_portals_own_template_is_accepted(kind):
    check_template(kind, default_word_template(kind))


def test_reports_are_made_with_the_offices_template(issued, login, group_director):
    client = login(group_director)
    response = upload(client, written_template("ฉบับของสำนักงาน {{ report.school }}"))
    assert "ใช้แม่แบบใหม่กับรายงานผลการนิเทศรายภาคเรียนแล้ว" in response.content.decode()
    content = client.get(reverse("report_word", args=[issued.pk])).content
    assert word_text(content) == f"ฉบับของสำนักงาน {issued.round.school.name}"


def test_versions_are_kept_with_who_and_when(login, group_director):
    client = login(group_director)
    upload(client, written_template("ฉบับแรก"))
    upload(client, written_template("ฉบับที่สอง"))
    first, second = OfficeWordTemplate.objects.order_by("pk")
    assert first.created_by == second.created_by == group_director
    sent = client.get(reverse("word_template_file", args=[first.pk]))
    assert word_text(b"".join(sent.streaming_content)) == "ฉบับแรก"
    page = client.get(reverse("word_template", args=["term"])).content.decode()
    assert page.count("แม่แบบ.docx") == 3


def test_going_back_to_the_portals_template(issued, login, group_director):
    client = login(group_director)
    upload(client, written_template("ฉบับของสำนักงาน"))
    url = reverse("word_template_reset", args=["term"])
    assert "แม่แบบของสำนักงานทุกฉบับยังเก็บไว้" in client.get(url).content.decode()
    client.post(url)
    content = client.get(reverse("report_word", args=[issued.pk])).content
    assert "ฉบับของสำนักงาน" not in word_text(content)
    assert client.post(url).status_code == 409


def test_the_portals_template_can_be_edited(login, supervisor):
    response = login(supervisor).get(reverse("word_template_default", args=["year"]))
    texts = [paragraph.text for paragraph in open_word(response.content).paragraphs]
    assert any("{%p for part in parts" in text for text in texts)


def test_who_does_not_prepare_reports_changes_no_template(login, supervisor):
    client = login(supervisor)
    page = client.get(reverse("word_template", args=["term"])).content.decode()
    assert "ตรวจและใช้แม่แบบนี้" not in page
    assert upload(client, written_template("ก")).status_code == 403
    assert not OfficeWordTemplate.objects.exists()


def test_a_refused_template_says_the_line_and_the_cause(login, group_director):
    page = upload(login(group_director), written_template("ก", "โรงเรียน {{ report.schol }}"))
    text = page.content.decode()
    assert "โรงเรียน {{ report.schol }}" in text
    assert "ไม่มีช่องข้อมูลชื่อ “schol”" in text
    assert not OfficeWordTemplate.objects.exists()


def test_what_some_reports_lack_must_be_asked_for_first():
    message = refusal("จุดเด่น {{ report.visit.strengths }}")
    assert "จุดเด่น {{ report.visit.strengths }}" in message
    assert "บางรายงานยังไม่มีข้อมูล “strengths”" in message


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (["{%p for line in report.before %}", "ก"], "for ที่ไม่มี endfor"),
        (["ก {{ report.school "], "วงเล็บปีกกาปิดไม่ครบ"),
        (["ก {{ report.school|upper_case }}"], "คำสั่งไม่ครบหรือเขียนไม่ถูก"),
        (["ก {{ report.is_sample + report.school }}"], "ทำงานกับข้อมูลของรายงานไม่ได้"),
    ],
)
def test_broken_tags_are_refused(paragraphs, words):
    assert words in refusal(*paragraphs)


def test_tags_that_begin_and_end_in_different_places_are_refused():
    document = open_word(written_template("ก {% if draft %}"))
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{% endif %}"
    with pytest.raises(ActionRefused, match="คนละแถว"):
        check_template(WordTemplateKind.TERM, saved(document))


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ report.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self._TemplateReference__context }}",
        "{{ lipsum.__globals__['os'] }}",
        "{{ ('%s' % report).format.__globals__ }}",
        "{% for x in range(10000000000) %}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{{ report.clear() }}",
    ],
)
def test_a_template_reaches_nothing_but_the_report(code):
    assert refusal(f"ก {code}")


@pytest.mark.real_clock
@pytest.mark.parametrize(
    "code",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'ก' * 4000000000 }}",
    ],
)
def test_a_template_without_end_ends_itself_and_nothing_else(code):
    assert "นานหรือใหญ่เกินไป" in refusal(code)


def test_what_a_template_prints_is_never_markup(issued, login, group_director):
    client = login(group_director)
    upload(
        client, written_template("{% autoescape false %}{{ '<w:br/>'|safe }}{% endautoescape %}")
    )
    content = client.get(reverse("report_word", args=[issued.pk])).content
    assert word_text(content) == "<w:br/>"


@pytest.mark.parametrize(
    "field",
    [
        b'<w:fldSimple w:instr=" INCLUDETEXT x.docx "/>',
        b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        b"<w:r><w:instrText>INCLUDE</w:instrText></w:r>"
        b'<w:r><w:instrText>TEXT "http://x/"</w:instrText></w:r>'
        b'<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_fields_that_may_fetch_are_refused(field):
    content = with_part(written_template("ก"), "", b"", [(b"</w:p>", field + b"</w:p>")])
    with pytest.raises(ActionRefused, match="INCLUDETEXT"):
        check_template(WordTemplateKind.TERM, content)


def test_fields_that_tags_make_are_refused_too():
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:t>{% if not report %}</w:t>",
        '<w:instrText xml:space="preserve">PAGE </w:instrText>',
        "<w:t>{% endif %}</w:t>",
        '<w:instrText>INCLUDETEXT "http://x/"</w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    field = "".join(f"<w:r>{piece}</w:r>" for piece in pieces).encode()
    content = with_part(written_template("ก"), "", b"", [(b"</w:p>", field + b"</w:p>")])
    with pytest.raises(ActionRefused, match="INCLUDETEXT"):
        check_template(WordTemplateKind.TERM, content)


def test_macros_and_outside_content_are_refused(login, group_director):
    client, plain = login(group_director), written_template("ก")
    macros = with_part(plain, "word/vbaProject.bin", b"x")
    assert "มาโคร" in upload(client, macros).content.decode()
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://x/y.dotm" TargetMode="External"/>'
    )
    outside = with_part(plain, "", b"", [(b"</Relationships>", relation + b"</Relationships>")])
    assert "ดึงข้อมูลจากที่อื่น" in upload(client, outside).content.decode()
    assert not OfficeWordTemplate.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ก.docx", b"", "ไฟล์ว่าง"),
        ("ก.docx", b"%PDF-1.7 %%EOF", "เปิดอ่านไม่ได้"),
        ("ก.docx", b"hello", "ไฟล์ชนิดที่ระบบไม่รับ"),
    ],
)
def test_what_is_no_word_file_is_refused(login, group_director, name, content, words):
    page = upload(login(group_director), content, name).content.decode()
    assert words in page
    assert not OfficeWordTemplate.objects.exists()


def test_a_template_that_cannot_take_a_report_says_so(issued, login, group_director):
    template = OfficeWordTemplate(kind="term", name="เก่า.docx", created_by=group_director)
    template.file.save("term.docx", io.BytesIO(written_template("{{ report.school + 1 }}")))
    response = login(group_director).get(reverse("report_word", args=[issued.pk]))
    assert response.status_code == 409
    assert "กลับไปใช้แม่แบบของระบบได้" in response.content.decode()
