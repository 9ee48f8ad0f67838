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


def scale_fractions(
    plan: ImportPlan,
    table: ImportTable,
    of_schools: Sequence[StatedResult],
    references: Sequence[StatedResult],
) -> None:
    """Ask whether figures of schools that all lie between 0 and 1 are fractions; scale them if so.

    With them the references that are fractions too; some tables have these as percentages.
    """
    means = [one.mean for one in of_schools if one.mean]
    shares = [share for one in of_schools for share in one.shares.values() if share]
    scored = [one for one in (*of_schools, *references) if one.mean and one.mean <= ONE]
    shared = [one for one in (*of_schools, *references) if _share_total(one) <= ROUNDED_ONE]
    if means and max(means) <= ONE:
        _ask(plan, table, "คะแนนเฉลี่ยหรือร้อยละ", means, lambda: _scale_scores(scored))
    if shares and max(map(_share_total, of_schools)) <= ROUNDED_ONE:
        _ask(plan, table, "ร้อยละของแต่ละระดับ", shares, lambda: _scale_shares(shared))


def _share_total(result: StatedResult) -> Decimal:
    return sum(result.shares.values(), Decimal())


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
            if result.figures.get(measure, 2 * ONE) <= ONE:
                result.figures[measure] *= 100


def _scale_shares(results: Iterable[StatedResult]) -> None:
    for result in results:
        result.shares = {level: share * 100 for level, share in result.shares.items()}
