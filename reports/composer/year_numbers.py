"""The live numbers of a year report, from the figures that its tables print."""

from collections.abc import Iterable, Sequence
from datetime import date

from reports.composer.drive_numbers import add_drive_figures
from reports.composer.numbers import LiveNumbers
from reports.composer.shared_numbers import (
    add_change_numbers,
    add_shared_numbers,
    add_wish_numbers,
    mean_differences,
    term_prefix,
)
from reports.composer.term_numbers import SCHOOLS, add_term_numbers
from reports.data.drive_schema import DriveInYear
from reports.data.schema import (
    CriteriaFigures,
    LearningFigures,
    NamedCount,
    NetworkFigures,
    OrderInForce,
    ProgrammeFigures,
    YearBackground,
    YearReport,
)
from schools.core.thai import long_date


def year_numbers(report: YearReport) -> LiveNumbers:
    """All that the year's texts may say."""
    numbers, background = LiveNumbers(), report["background"]
    _add_dates(numbers, report)
    _add_background(numbers, background)
    if programmes := report.get("programmes"):
        _add_programmes(numbers, programmes)
    if networks := report.get("networks"):
        _add_networks(numbers, networks)
    _add_texts(numbers, "tool", "ชุดตัวชี้วัดลำดับที่", map(_tool_text, report["criteria"]))
    groups = {cluster["name"]: f"cluster.{cluster['pk']}" for cluster in background["clusters"]}
    groups |= {size["name"]: f"size.{size['key']}" for size in background["sizes"]}
    for term in report["terms"]:
        add_term_numbers(numbers, term_prefix(term["term"]), term, groups)
    compared = report["comparison"]
    ends = [(row["means"][0], row["means"][-1]) for row in compared]
    add_change_numbers(numbers, "ระหว่างภาคเรียน", mean_differences(compared, ends))
    add_shared_numbers(numbers, report, {term["term"] for term in report["terms"]})
    add_wish_numbers(numbers, "support", "ความต้องการรับการสนับสนุน", report["support"])
    if learning := report.get("learning"):
        _add_learning(numbers, learning)
    if drive := report.get("drive"):
        _add_drive(numbers, drive)
    return numbers


def _add_drive(numbers: LiveNumbers, drive: DriveInYear) -> None:
    numbers.add("drive", "รูปแบบการขับเคลื่อนคุณภาพการศึกษา", drive["model_name"])
    own = LiveNumbers()
    add_drive_figures(own, drive["work"], drive["results"])
    numbers.add_part(own, key="drive", label="การขับเคลื่อน")


def _add_dates(numbers: LiveNumbers, report: YearReport) -> None:
    numbers.add("year", "ปีการศึกษา", report["year"])
    numbers.add("next_year", "ปีการศึกษาถัดไป", report["year"] + 1)
    numbers.add("as_of", "ข้อมูล ณ วันที่", long_date(date.fromisoformat(report["as_of"])))
    for term in report["background"]["terms"]:
        key, label = term_prefix(term["term"]), f"ภาคเรียนที่ {term['term']}"
        numbers.add(f"{key}.opens_on", f"{label} เปิด", _day(term["opens_on"]))
        numbers.add(f"{key}.closes_on", f"{label} ปิด", _day(term["closes_on"]))


def _day(iso: str) -> str:
    return f"วันที่ {long_date(date.fromisoformat(iso))}"


def _add_background(numbers: LiveNumbers, background: YearBackground) -> None:
    numbers.add("schools", "โรงเรียนในสังกัด", background["schools"], SCHOOLS)
    numbers.add("pupils", "นักเรียนในสังกัด", _thousands(background["pupils"]), "คน")
    numbers.add("clusters", "กลุ่มโรงเรียน", len(background["clusters"]), "กลุ่ม")
    for cluster in background["clusters"]:
        key = f"cluster.{cluster['pk']}.schools"
        numbers.add(key, f"{cluster['name']} จำนวน", cluster["schools"], SCHOOLS)
    _add_list(numbers, "size", "โรงเรียนขนาด", background["sizes"], SCHOOLS)
    _add_list(numbers, "level", "เปิดสอน", background["levels"], SCHOOLS)
    _add_list(numbers, "staff", "บุคลากร", background["staff"], "คน")
    _add_texts(numbers, "order", "คำสั่งลำดับที่", map(_order_text, background["orders"]))
    _add_list(numbers, "mode", "การนิเทศแบบ", background["modes"], "ครั้ง")
    total = sum(mode["count"] for mode in background["modes"])
    numbers.add("visits", "บันทึกการนิเทศที่ลงนามแล้ว", total, "ครั้ง")
    numbers.add("meetings", "การประชุม ก.ต.ป.น. ที่พิจารณาผล", background["meetings"], "ครั้ง")
    lowest = [
        f"{one['label']} (ค่าเฉลี่ย {one['mean']} จาก {one['schools']} {SCHOOLS})"
        for one in background["lowest_indicators"]
    ]
    _add_texts(numbers, "indicator", "ตัวชี้วัดต่ำสุดลำดับที่", lowest)
    numbers.add("indicator.term", "ภาคเรียนของตัวชี้วัดต่ำสุด", background["lowest_term"])


def _add_programmes(numbers: LiveNumbers, programmes: ProgrammeFigures) -> None:
    unit = "กิจกรรม"
    numbers.add("activities", "กิจกรรมตามแผนของปีการศึกษา", programmes["held_count"], unit)
    numbers.add("activities.done", "กิจกรรมที่ดำเนินการแล้ว", programmes["done_count"], unit)
    numbers.add("activities.planned", "งบประมาณกิจกรรมที่ตั้งไว้", programmes["planned"], "บาท")
    numbers.add("activities.spent", "งบประมาณกิจกรรมที่ใช้", programmes["spent"], "บาท")
    _add_texts(numbers, "activity", "กิจกรรมลำดับที่", programmes["held"])
    years = ", ".join(map(str, programmes["coming_plans"]))
    numbers.add("coming", "กิจกรรมในแผนของปีถัดไป", programmes["coming_count"], unit)
    numbers.add("coming.plans", "ปีงบประมาณของแผนปีถัดไป", years)
    _add_texts(numbers, "coming_activity", "กิจกรรมปีถัดไปลำดับที่", programmes["coming"])


def _add_networks(numbers: LiveNumbers, networks: NetworkFigures) -> None:
    numbers.add("networks", "เครือข่ายการนิเทศที่ดำเนินการ", networks["networks"], "เครือข่าย")
    numbers.add("networks.members", "สมาชิกเครือข่าย", networks["members"], "ราย")
    numbers.add("networks.sources", "แหล่งเรียนรู้", networks["sources"], "แห่ง")
    numbers.add("forums", "เวทีวิชาการที่จัด", networks["forums"], "ครั้ง")
    numbers.add("forums.people", "ผู้เข้าร่วมเวทีวิชาการ", networks["people"], "คน")
    numbers.add("disseminations", "รายการในทะเบียนเผยแพร่", networks["disseminations"], "รายการ")


def _add_learning(numbers: LiveNumbers, learning: LearningFigures) -> None:
    """The means of tests from outside; those of schools are too many to choose from."""
    for kind in learning["kinds"]:
        if not kind["blocks"]:
            continue
        for subject in kind["subjects"]:
            label = f"ค่าเฉลี่ย {kind['name']} {subject['label']}"
            numbers.add(subject["key"], label, subject["mean"])
            numbers.add(f"{subject['key']}.change", f"{label} เปลี่ยนจากปีก่อน", subject["change"])
            numbers.add(f"{subject['key']}.nation", f"{label} ของประเทศ", subject["nation"])


def _order_text(order: OrderInForce) -> str:
    return (
        f"คำสั่งที่ {order['number']} เรื่อง {order['subject']} สั่ง ณ {_day(order['ordered_on'])} "
        f"มีผลตั้งแต่{_day(order['effective_on'])}"
    )


def _tool_text(chosen: CriteriaFigures) -> str:
    name = f"{chosen['name']} ฉบับที่ {chosen['version']}"
    if not chosen["meeting_on"]:
        return name
    return (
        f"{name} คณะกรรมการ ก.ต.ป.น. เห็นชอบในการประชุมครั้งที่ {chosen['meeting_no']} "
        f"{_day(chosen['meeting_on'])}"
    )


def _add_texts(numbers: LiveNumbers, key: str, label: str, texts: Iterable[str]) -> None:
    for position, text in enumerate(texts, start=1):
        numbers.add(f"{key}.{position}", f"{label} {position}", text)


def _thousands(count: int | None) -> str | None:
    return None if count is None else f"{count:,}"


def _add_list(
    numbers: LiveNumbers, key: str, label: str, rows: Sequence[NamedCount], unit: str
) -> None:
    for row in rows:
        numbers.add(f"{key}.{row['key']}", f"{label} {row['name']}", row["count"], unit)
