"""Long lists in pages: how many there are, these, and the address of those that follow."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from ninja import Field, Schema

from reports.api.authentication import ApiRequest
from reports.api.errors import UNKNOWN_PARAMETER, ParametersRefused

USUAL_PAGE, LONGEST_PAGE = 100, 500
LAST_OFFSET = 10_000_000
LARGEST_KEY = 2**53 - 1  # the largest whole number that every reader of JSON keeps exact

ModelT = TypeVar("ModelT", bound=Model)
RowT = TypeVar("RowT")
ItemT = TypeVar("ItemT")

Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]


class PageQuery(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(USUAL_PAGE, ge=1, le=LONGEST_PAGE, description="จำนวนรายการต่อหน้า")
    offset: int = Field(0, ge=0, le=LAST_OFFSET, description="เริ่มหลังรายการที่เท่าใด")


class Page(Schema, Generic[ItemT]):
    """One page of a list."""

    count: int = Field(description="จำนวนรายการทั้งหมดตามเงื่อนไข")
    next: str | None = Field(description="ที่อยู่ของหน้าถัดไป ว่างเมื่อเป็นหน้าสุดท้าย")
    items: list[ItemT] = Field(description="รายการของหน้านี้")


def page_of(
    request: ApiRequest,
    asked: PageQuery,
    rows: QuerySet[ModelT] | Sequence[RowT],
    item_of: Callable[[Any], ItemT],
) -> Page[ItemT]:
    """The page of the rows, which are in an order that no two of them share.

    Raises ParametersRefused for a parameter that nobody offered: a filter misspelt would select
    everything.
    """
    if unknown := set(request.GET) - set(type(asked).model_fields):
        raise ParametersRefused(dict.fromkeys(sorted(unknown), UNKNOWN_PARAMETER))
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    until = asked.offset + asked.limit
    items = [item_of(row) for row in rows[asked.offset : until]]
    return Page(count=count, next=_address(request, asked, until, count), items=items)


def _address(request: ApiRequest, asked: PageQuery, offset: int, count: int) -> str | None:
    if offset >= count:
        return None
    query = request.GET.copy()
    query["limit"], query["offset"] = str(asked.limit), str(offset)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
