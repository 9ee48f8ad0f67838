"""The order of schools as the office reads it: one list, with the filters of the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms

from schools.models import School
from schools.registry.school_lists import (
    NO_CLUSTER,
    ClusterFilterForm,
    cluster_names,
    is_in_cluster,
)
from schools.school_sizes import confirmed_size_bands
from supervision.quality_drive.models import Ranking, RankingPlace
from supervision.quality_drive.ranking.enums import RankingList
from supervision.quality_drive.ranking.inputs import as_decimal


class RankingFilterForm(ClusterFilterForm):
    """What the list shows; a value nobody offered is named as an error and left out."""

    list = forms.ChoiceField(choices=RankingList, required=False, widget=forms.HiddenInput)
    size = forms.ChoiceField(label="กลุ่มขนาด", required=False)
    group = forms.ChoiceField(label="กลุ่มลำดับ", required=False)


@dataclass(frozen=True)
class RankingRow:
    """One school of the list with its place in the others.

    `named_figures` are those of the list, by the short names of the dimensions.
    """

    school: School
    place: RankingPlace
    named_figures: Sequence[tuple[str, Decimal | None]]
    others: Mapping[RankingList, int | None]

    @property
    def cluster(self) -> str:
        return self.school.cluster_name or NO_CLUSTER

    @property
    def other_places(self) -> list[tuple[str, int | None]]:
        """Under their short headings."""
        return [(SHORT_LABELS[one], place) for one, place in self.others.items()]


SHORT_LABELS = {
    RankingList.LEVEL: "ระดับคุณภาพ",
    RankingList.PROGRESS: "ความก้าวหน้า",
    RankingList.SIZE_GROUP: "ในกลุ่มขนาด",
}


@dataclass(frozen=True)
class RankingListing:
    """One list of an order: the schools placed that the filters leave, then those without one."""

    ranking: Ranking
    kind: RankingList
    form: RankingFilterForm
    placed: Sequence[RankingRow]
    unplaced: Sequence[RankingRow]
    all_rows: Sequence[RankingRow]

    @property
    def dimensions(self) -> list[tuple[str, Decimal]]:
        """Each dimension's short name and its weight in per cent."""
        return [
            (_short(name), as_decimal(weight))
            for _, name, weight in self.ranking.inputs["dimensions"]
        ]

    @property
    def dimension_names(self) -> list[str]:
        return [name for name, _ in self.dimensions]

    @property
    def other_labels(self) -> list[str]:
        return [SHORT_LABELS[one] for one in RankingList if one != self.kind]

    @property
    def placed_of_all(self) -> int:
        return sum(row.place.place is not None for row in self.all_rows)


def ranking_listing(ranking: Ranking, asked: Mapping[str, str], today: date) -> RankingListing:
    """The list that the address asks for, the level reached where it names none.

    Whoever asks has made sure that the reader may see the order. Four queries.
    """
    shown = _asked_list(asked.get("list", ""))
    rows = _rows(ranking, shown, today)
    form = _filter_form({**asked, "list": shown}, rows)
    wanted = [row for row in rows if _is_asked_for(row, form.cleaned_data)]
    return RankingListing(
        ranking=ranking,
        kind=shown,
        form=form,
        placed=[row for row in wanted if row.place.place is not None],
        unplaced=[row for row in wanted if row.place.place is None],
        all_rows=rows,
    )


def _asked_list(typed: str) -> RankingList:
    return RankingList(typed) if typed in RankingList else RankingList.LEVEL


def _rows(ranking: Ranking, shown: RankingList, today: date) -> list[RankingRow]:
    """Best first; the list within size groups goes from the smallest schools to the largest."""
    others = _other_places(ranking, shown)
    places = list(ranking.places.filter(list=shown).order_by())
    schools = School.objects.with_cluster(today).in_bulk([one.school_id for one in places])
    names = [(code, _short(name)) for code, name, _ in ranking.inputs["dimensions"]]
    rows = [
        RankingRow(
            school=schools[one.school_id],
            place=one,
            named_figures=[(name, _figure(one, code)) for code, name in names],
            others={other: found.get(one.school_id) for other, found in others.items()},
        )
        for one in places
    ]
    sizes = {band.label: number for number, band in enumerate(confirmed_size_bands())}

    def position(row: RankingRow) -> tuple[int, int, str]:
        size = sizes.get(row.place.size_group, len(sizes)) if shown == RankingList.SIZE_GROUP else 0
        return size, row.place.place or 0, row.school.sort_key

    return sorted(rows, key=position)


def _short(name: str) -> str:
    """Such as ครู for ครูคุณภาพ, where the name is the heading of a column."""
    return name.removesuffix("คุณภาพ")


def _figure(place: RankingPlace, code: str) -> Decimal | None:
    figures = place.detail["figures"]
    return as_decimal(figures[code]) if code in figures else None


def _other_places(ranking: Ranking, shown: RankingList) -> dict[RankingList, dict[int, int | None]]:
    found: dict[RankingList, dict[int, int | None]] = {
        one: {} for one in RankingList if one != shown
    }
    rows = ranking.places.exclude(list=shown).order_by()
    for name, school, place in rows.values_list("list", "school", "place"):
        found[RankingList(name)][school] = place
    return found


def _filter_form(asked: Mapping[str, str], rows: Sequence[RankingRow]) -> RankingFilterForm:
    by_name = sorted(rows, key=lambda row: (row.school.cluster_key or "", row.school.sort_key))
    form = RankingFilterForm(asked, clusters=cluster_names(by_name))
    sizes = dict.fromkeys(row.place.size_group for row in rows if row.place.size_group)
    groups = sorted({row.place.group for row in rows if row.place.group})
    form.set_choices("size", [("", "ทุกขนาด"), *((one, one) for one in sizes)])
    form.set_choices("group", [("", "ทุกกลุ่ม"), *((one, f"กลุ่มที่ {one}") for one in groups)])
    form.is_valid()
    return form


def _is_asked_for(row: RankingRow, asked: Mapping[str, str]) -> bool:
    return (
        is_in_cluster(row, asked.get("cluster"))
        and asked.get("size") in (None, "", row.place.size_group)
        and asked.get("group") in (None, "", str(row.place.group))
    )
