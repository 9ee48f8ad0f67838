"""Percentages that a table keeps as fractions: 45.23 % that Excel stores as 0.4523."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from schools.core.tables.layout import ImportTable
from schools.imports.plan import ImportPlan, ImportQuestion
from supervision.profiles.imports.headings import Measure
from supervision.profiles.imports.reading import StatedResult

ONE = Decimal(1)
ROUNDED_ONE = Decimal("1.01")
AS_PERCENT, AS_IT_IS = "percent", "as_it_is"
SCORES = (Measure.MEAN, Measure.PERCENT, Measure.SD)


def scale_fractions(plan: ImportPlan, table: ImportTable, results: Sequence[StatedResult]) -> None:
    """Ask whether figures that all lie between 0 and 1 are fractions; multiply them if so."""
    means = [result.mean for result in results if result.mean]
    shares = [sum(result.shares.values()) for result in results if any(result.shares.values())]
    if means and all(mean <= ONE for mean in means):
        _ask(plan, table, "คะแนนเฉลี่ยหรือร้อยละ", means, lambda: _scale_scores(results))
    if shares and all(total <= ROUNDED_ONE for total in shares):
        parts = [share for result in results for share in result.shares.values() if share]
        _ask(plan, table, "ร้อยละของแต่ละระดับ", parts, lambda: _scale_shares(results))


def _ask(
    plan: ImportPlan,
    table: ImportTable,
    what: str,
    figures: Iterable[Decimal],
    scale: Callable[[], None],
) -> None:
    example = next(iter(figures))
    where = f"ในแผ่นงาน “{table.sheet.name}” " if table.sheet.name else "ในไฟล์"
    question = ImportQuestion(
        key=f"fraction:{what}:{table.sheet.name}",
        text=f"{what}{where}มีค่าไม่เกิน 1 ทั้งหมด เช่น {example.normalize():f} หมายความว่าอย่างไร",
        choices=(
            (AS_PERCENT, f"เป็นร้อยละที่ Excel เก็บเป็นเศษส่วน เช่น ร้อยละ {example * 100:.2f}"),
            (AS_IT_IS, "เป็นค่าตามที่เห็น ไม่ต้องคูณ"),
        ),
    )
    if plan.ask(question) == AS_PERCENT:
        scale()


def _scale_scores(results: Iterable[StatedResult]) -> None:
    for result in results:
        for measure in SCORES:
            if measure in result.figures:
                result.figures[measure] *= 100


def _scale_shares(results: Iterable[StatedResult]) -> None:
    for result in results:
        result.shares = {level: share * 100 for level, share in result.shares.items()}
