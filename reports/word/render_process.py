"""Fill a Word template in; run as a process of its own, for a template is a small program.

Reads from stdin a JSON object: `kind` of report; `template`, in base64, or null for the one that
the portal brings; `context`, without which the template itself is wanted; and `strict`. Writes the
file to stdout, and exits with EXIT_FAULT and a TemplateFault as JSON where the template is at
fault. Tags read the plain values of the context and nothing else; a template that takes too long or
too much memory ends this process and no other.
"""

import base64
import json
import re
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import ChainableUndefined, StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from lxml import etree
from markupsafe import escape

from reports.typography import official_digits, with_sign
from reports.word.defaults import DEFAULT_TEMPLATES
from schools.core.thai import long_date, short_date, thai_digits

MEMORY_BYTES, CPU_SECONDS = 700 * 1024**2, 12  # a year of 130 schools: 112 MB and 1.1 s
EXIT_FAULT = 3
EMBLEM_HEIGHT, MEMO_EMBLEM_HEIGHT = 3, 1.5  # cm, as in the PDF
LONGEST_QUOTE = 120  # letters of the template that a message repeats
# What no XML can hold; two of them would be paragraphs and pages to docxtpl.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAGS = re.compile("<[^>]+>")
# Fields that only say something of the document itself; others may fetch files or run something.
ALLOWED_FIELDS = {
    "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF", "TOC",
    "TC", "HYPERLINK", "DATE", "TIME", "TITLE", "AUTHOR", "SUBJECT",
}  # fmt: skip


class TemplateFault(Exception):
    """What is wrong with a template: the name of the cause, a detail of it, and where it stands.

    The place is the text of the paragraph, and empty where the fault is in no single one.
    """

    def __init__(self, cause: str, detail: str = "", place: str = "") -> None:
        super().__init__(cause)
        self.cause, self.detail, self.place = cause, detail[:LONGEST_QUOTE], place[:LONGEST_QUOTE]


class ExactText(str):
    """A code or address, whose digits stay as they are."""


class UnknownField(StrictUndefined):
    """A field that the report does not have; the error is its name alone."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class MissingField(ChainableUndefined):
    """A field that the papers of an earlier version lack: it prints nothing."""


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """Tags that read plain values only: `block.items` is a key, never a method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            return self.getitem(obj, attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """A picture knows the document that it is put in, which could be saved anywhere."""
        return not isinstance(obj, InlineImage) and super().is_safe_attribute(obj, attr, value)


class ReportDocument(DocxTemplate):
    """A template that says which of its paragraphs is at fault."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        try:
            return super().render_xml_part(src_xml, part, context, jinja_env)
        except Exception as error:
            raise _fault(error, src_xml) from error

    def fix_tables(self, xml: str) -> Any:
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError as error:
            raise TemplateFault("structure") from error
        tree = super().fix_tables(xml)
        complete_tables(tree)
        number_captions(tree)
        return tree


def number_captions(tree: Any) -> None:
    """What Word would count when it updates the fields of captions, for who reads without it."""
    counted = (field for field in tree.iter(qn("w:fldSimple")) if "SEQ" in field.get(qn("w:instr")))
    for number, field in enumerate(counted, start=1):
        for old in list(field):
            field.remove(old)
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = thai_digits(number)
        run.append(text)
        field.append(run)


def complete_tables(tree: Any) -> None:
    """Word opens no table without rows, no row without cells, no cell without a paragraph."""
    for holder, part in (("w:tr", "w:tc"), ("w:tbl", "w:tr")):
        for element in list(tree.iter(qn(holder))):
            if element.find(qn(part)) is None:
                element.getparent().remove(element)
    for cell in tree.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def main() -> int:
    """Limits first: whatever the template does, it does within them."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        resource.setrlimit(kind, (most, most))
    asked = json.load(sys.stdin.buffer)
    try:
        content = wanted_file(asked)
    except MemoryError:
        return report_fault(TemplateFault("too_big"))
    except TemplateFault as fault:
        return report_fault(fault)
    sys.stdout.buffer.write(content)
    return 0


def report_fault(fault: TemplateFault) -> int:
    json.dump(vars(fault), sys.stdout)
    return EXIT_FAULT


def wanted_file(asked: dict[str, Any]) -> bytes:
    """The report, or the portal's own template where there is nothing to fill it in with."""
    if asked["template"]:
        template = base64.b64decode(asked["template"])
    else:
        template = DEFAULT_TEMPLATES[asked["kind"]]()
    if "context" not in asked:
        return template
    return render_template(template, asked["context"], strict=asked["strict"])


def render_template(template: bytes, context: dict[str, Any], *, strict: bool) -> bytes:
    """The template filled in. Raises TemplateFault; strict also for a field that is not there."""
    document = ReportDocument(BytesIO(template))
    try:
        document.get_docx()
    except (KeyError, ValueError, etree.LxmlError) as error:
        raise TemplateFault("broken") from error
    if context["emblem"]:
        picture = BytesIO(base64.b64decode(context["emblem"]))
        height = Cm(MEMO_EMBLEM_HEIGHT if "memo" in context else EMBLEM_HEIGHT)
        context = context | {"emblem": InlineImage(document, picture, height=height)}
    document.render(context, make_environment(strict=strict))
    check_fields(document.docx)  # get_docx would begin with the template again
    properties = document.docx.core_properties
    properties.title, properties.author = context["title"], context["author"]
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def check_fields(document: Any) -> None:
    """Raises TemplateFault for a field that might fetch or run anything when Word opens it.

    Asked of the report, not of its template: tags decide what there is of a field.
    """
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith("/word/afchunk"):
            raise TemplateFault("field", detail="altChunk")
        if part.content_type.endswith("xml"):
            tree = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
            if others := [name for name in field_names(tree) if name not in ALLOWED_FIELDS]:
                raise TemplateFault("field", detail=others[0])


def field_names(tree: Any) -> Iterator[str]:
    """The first word of each field, whose code may be written in several pieces."""
    open_codes: list[str] = []
    for element in tree.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")):
        kind = element.get(qn("w:fldCharType"))
        if element.tag == qn("w:fldSimple"):
            yield _first_word(element.get(qn("w:instr"), ""))
        elif kind == "begin":
            open_codes.append("")
        elif kind == "end" and open_codes:
            yield _first_word(open_codes.pop())
        elif open_codes:
            open_codes[-1] += element.text or ""


def _first_word(code: str) -> str:
    return code.upper().split()[0] if code.split() else ""


def make_environment(*, strict: bool) -> ReportEnvironment:
    undefined = UnknownField if strict else MissingField
    environment = ReportEnvironment(autoescape=True, finalize=printed, undefined=undefined)
    environment.filters |= {
        "be_long": lambda iso: long_date(_day(iso)) if iso else None,
        "be_short": lambda iso: short_date(_day(iso)) if iso else None,
        "with_sign": with_sign,
        "achieved": achieved_words,
        "exact": ExactText,
    }
    return environment


def printed(value: object) -> object:
    """As an official paper prints it: Thai digits, a dash for what there is not; never markup."""
    if isinstance(value, MissingField | InlineImage):
        return value
    text = "–" if value is None else NOT_IN_XML.sub("", str(value).replace("\r\n", "\n"))
    return escape(text if isinstance(value, ExactText) else official_digits(str(text)))


def _day(iso: str) -> date:
    return datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso)


def achieved_words(row: dict[str, Any]) -> str:
    """Whether a standard was achieved: yes or no for one school, a count over schools."""
    achieved, judged = row["achieved"], row.get("judged")
    if achieved is True:
        return "บรรลุ"
    if achieved is False:
        return "ไม่บรรลุ"
    return f"บรรลุ {achieved}/{judged}" if achieved is not None and judged else "–"


# --- What is wrong, and where ---


def _fault(error: Exception, source: str) -> TemplateFault:
    """What jinja complains of, with the text of the paragraph that it was at."""
    place = _paragraph_at(_line_of(error), source)
    if isinstance(error, UndefinedError):
        return TemplateFault("unknown", detail=str(error), place=place)
    if isinstance(error, TemplateSyntaxError):
        return TemplateFault("syntax", detail=error.message or "", place=place)
    if isinstance(error, MemoryError):
        return TemplateFault("too_big", place=place)
    cause = "forbidden" if isinstance(error, SecurityError | OverflowError) else "failed"
    return TemplateFault(cause, place=place)


def _line_of(error: Exception) -> int:
    """The line of the template that the error says, or in which it was raised."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _paragraph_at(line: int, source: str) -> str:
    """docxtpl begins a line with each paragraph before it hands the text to jinja."""
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source).split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return " ".join(_TAGS.sub(" ", text).split())


if __name__ == "__main__":
    sys.exit(main())
