"""The draft of what stood in the way: problems that the visits' records name, and open work."""

from collections import Counter
from collections.abc import Iterable, Sequence

from reports.composer.markup import plain_markup
from reports.composer.numbers import LiveNumbers
from reports.composer.shared_numbers import AreaReport, terms_of_report
from reports.composer.term_drafts import bullet_list, paragraphs
from reports.data.schema import RecordText
from schools.models.area import SCHOOL_PREFIX

QUOTED = 6
LONGEST_QUOTE = 200  # letters; longer ones are for the reader of the record


def obstacles_draft(report: AreaReport, numbers: LiveNumbers) -> str:
    """How many records name a problem, some in their words, and what is not finished."""
    names = [school["school"] for school in report["schools"]]
    return paragraphs(
        [
            _named_problems(report["problems"], numbers),
            bullet_list(f"“{quote}”" for quote in quoted_problems(report["problems"], names)),
            *_unfinished(report, numbers),
        ]
    )


def _named_problems(problems: Sequence[RecordText], numbers: LiveNumbers) -> str:
    if not problems:
        return "บันทึกการนิเทศที่ลงนามแล้วไม่ได้ระบุปัญหาและอุปสรรค"
    count, schools = numbers.field("problems"), numbers.field("problems.schools")
    return f"บันทึกการนิเทศที่ลงนามแล้วระบุปัญหาและอุปสรรค {count} จาก {schools} ตัวอย่างตามถ้อยคำในบันทึก ได้แก่"


def quoted_problems(problems: Sequence[RecordText], schools: Sequence[str]) -> list[str]:
    """What most records say, in their words; none that is long or names a school."""
    return quoted_texts([problem["text"] for problem in problems], schools)


def quoted_texts(texts: Iterable[str], schools: Sequence[str]) -> list[str]:
    """What is said most often, in its words; none that is long or names one of these schools."""
    names = [name for school in schools for name in (school, school.removeprefix(SCHOOL_PREFIX))]
    found = Counter(said for text in texts if (said := plain_markup(text)))
    fitting = [
        text
        for text, _ in found.most_common()
        if len(text) <= LONGEST_QUOTE and not any(name in text for name in names)
    ]
    return fitting[:QUOTED]


def _unfinished(report: AreaReport, numbers: LiveNumbers) -> list[str]:
    """What the office itself has not done yet, term by term, and advice past its day."""
    found = []
    for prefix, term in terms_of_report(report):
        if term["opened"] > term["visited"]:
            found.append(
                f"ภาคเรียนที่ {numbers.field(prefix, 'name')} มีโรงเรียนที่เปิดรอบแล้ว"
                f"แต่ยังไม่มีบันทึกการนิเทศที่ลงนาม {numbers.field(prefix, 'unvisited')}"
            )
    if any(line["overdue"] for line in report["recommendations"]):
        found.append(f"มีข้อเสนอแนะที่เกินกำหนดแล้ว {numbers.field('advice.overdue')}")
    return found
