"""The showroom's invented schools: clusters, districts, positions, grades and pupils."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from random import Random

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from schools.core.thai import BE_OFFSET
from schools.enums import EducationLevel, Grade, Internet
from schools.models import (
    AcademicYear,
    Area,
    Cluster,
    ClusterMembership,
    GradeCount,
    School,
    SizeScheme,
    Term,
    YearlyCount,
)
from supervision.demo.pupil_counts import SCHEME

SAMPLE_AREA = {
    "name": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง",
    "short_name": "สพป.ตัวอย่าง",
    "group_name": "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
    "data_note": "สำนักงาน โรงเรียน บุคคล คะแนน และข้อความทั้งหมดเป็นข้อมูลตัวอย่าง",
}
CLUSTER_SIZE = 13
DISTRICTS = ("ตัวอย่าง ก", "ตัวอย่าง ข", "ตัวอย่าง ค", "ตัวอย่าง ง")
ONE_DAY = timedelta(days=1)
# Where the invented schools lie: the south-western corner, and how far clusters are apart.
SOUTH, WEST, CLUSTER_STEP, SPREAD = 17.33, 101.05, 0.13, 0.05
CLUSTERS_A_ROW = 4
WITHOUT_POSITION = 3  # the third of so many schools has no position
FATE_INTERVAL = 43
MIN_TERMS_FOR_FATES = 4
GRADES = (
    (Grade.K2, Grade.P6),
    (Grade.K2, Grade.P6),
    (Grade.K2, Grade.M3),
    (Grade.P1, Grade.P6),
    (Grade.K1, Grade.P6),
)
# How many pupils a school has at first, from the smallest to the largest, by how often.
PUPILS = ((32, 60), (45, 80), (60, 118), (85, 118), (130, 220), (150, 320), (330, 580))
LARGE, LARGE_INTERVAL = (640, 900), 40


class SchoolFate(Enum):
    """What becomes of an invented school in the years that are shown."""

    STAYS = "stays"
    OPENED_LATER = "opened_later"
    CLOSED = "closed"
    MERGED = "merged"
    MOVED = "moved"


# Which school of each FATE_INTERVAL does not simply stay.
FATES = {
    5: SchoolFate.OPENED_LATER,
    7: SchoolFate.CLOSED,
    9: SchoolFate.MERGED,
    11: SchoolFate.MOVED,
}


@dataclass(frozen=True)
class ShowroomSchool:
    """An invented school; `number` counts from 1, the terms are those from `first` up to `end`.

    It is in the first of its clusters until the term with the index `moves_at`, then in the last.
    """

    row: School
    number: int
    fate: SchoolFate
    clusters: Sequence[Cluster]
    first: int
    end: int
    moves_at: int

    def exists_in(self, index: int) -> bool:
        return self.first <= index < self.end

    def cluster_in(self, index: int) -> Cluster:
        return self.clusters[-1 if index >= self.moves_at else 0]

    def has_early_childhood(self) -> bool:
        return bool(self.row.teaches(EducationLevel.EARLY_CHILDHOOD))


def school_name(number: int) -> str:
    return f"โรงเรียนตัวอย่าง {number:03}"


def create_places(area: Area, count: int, terms: Sequence[Term]) -> list[ShowroomSchool]:
    """The clusters and the schools with their pupils; the size scheme is chosen."""
    clusters = _create_clusters(area, count)
    schools = [_school(area, number, clusters, count, terms) for number in range(1, count + 1)]
    bulk_create_with_history([school.row for school in schools], School)
    _merge(schools)
    _create_memberships(schools, terms)
    area.size_scheme = SizeScheme.objects.get(key=SCHEME)
    area.save(update_fields=["size_scheme"])
    _create_counts(schools, terms)
    return schools


def _create_clusters(area: Area, schools: int) -> list[Cluster]:
    """Two at least, so that clusters can be compared."""
    count = max(2, -(-schools // CLUSTER_SIZE))
    return [
        Cluster.objects.create(area=area, name=f"กลุ่มโรงเรียนตัวอย่าง {number:02}")
        for number in range(1, count + 1)
    ]


def _school(
    area: Area, number: int, clusters: Sequence[Cluster], count: int, terms: Sequence[Term]
) -> ShowroomSchool:
    fate = FATES.get(number % FATE_INTERVAL, SchoolFate.STAYS)
    if len(terms) < MIN_TERMS_FOR_FATES:
        fate = SchoolFate.STAYS
    middle, late, n = len(terms) // 2, len(terms) * 3 // 4, len(terms)
    home = (number - 1) * len(clusters) // count
    next_cluster = clusters[(home + 1) % len(clusters)]
    ends = fate in (SchoolFate.CLOSED, SchoolFate.MERGED)
    row = _school_row(area, number, home)
    if ends:
        row.closed_on = terms[late].opens_on
    return ShowroomSchool(
        row=row,
        number=number,
        fate=fate,
        clusters=[clusters[home], next_cluster if fate == SchoolFate.MOVED else clusters[home]],
        first=middle if fate == SchoolFate.OPENED_LATER else 0,
        end=late if ends else n,
        moves_at=middle if fate == SchoolFate.MOVED else n,
    )


def _school_row(area: Area, number: int, home: int) -> School:
    random = Random(f"school {number}")
    first_grade, last_grade = random.choice(GRADES)
    latitude, longitude = _position(random, home)
    known = number % FATE_INTERVAL != WITHOUT_POSITION
    return School(
        area=area,
        name=school_name(number),
        sub_district=f"ตัวอย่าง {home + 1}",
        district=DISTRICTS[home % len(DISTRICTS)],
        first_grade=first_grade,
        last_grade=last_grade,
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        internet=random.choice((Internet.FIBRE, Internet.FIBRE, Internet.SIM, Internet.SATELLITE)),
        has_electricity=True,
        data_note="โรงเรียนและพิกัดเป็นข้อมูลตัวอย่าง",
    )


def _position(random: Random, home: int) -> tuple[Decimal, Decimal]:
    """Somewhere around the middle of the school's cluster."""
    row, column = divmod(home, CLUSTERS_A_ROW)
    latitude = SOUTH + row * CLUSTER_STEP + random.uniform(-SPREAD, SPREAD)
    longitude = WEST + column * CLUSTER_STEP + random.uniform(-SPREAD, SPREAD)
    return Decimal(f"{latitude:.6f}"), Decimal(f"{longitude:.6f}")


def _merge(schools: Sequence[ShowroomSchool]) -> None:
    """A merged school goes to the one numbered before it."""
    merged = [school for school in schools if school.fate == SchoolFate.MERGED]
    for school in merged:
        school.row.merged_into = schools[school.number - 2].row
    School.objects.bulk_update([school.row for school in merged], ["merged_into"])


def _create_memberships(schools: Sequence[ShowroomSchool], terms: Sequence[Term]) -> None:
    rows = []
    for school in schools:
        moves_on = terms[school.moves_at].opens_on if school.fate == SchoolFate.MOVED else None
        rows.append(
            ClusterMembership(
                school=school.row,
                cluster=school.clusters[0],
                starts_on=terms[school.first].opens_on,
                ends_on=moves_on and moves_on - ONE_DAY,
            )
        )
        if moves_on:
            rows.append(
                ClusterMembership(
                    school=school.row, cluster=school.clusters[-1], starts_on=moves_on
                )
            )
    bulk_create_with_history(rows, ClusterMembership)


def _create_counts(schools: Sequence[ShowroomSchool], terms: Sequence[Term]) -> None:
    """As counted on 10 June of each year in which the school has a term."""
    years = {term.academic_year: index for index, term in enumerate(terms)}
    counts, grades = [], []
    for school in schools:
        random = Random(f"pupils {school.number}")
        about = LARGE if school.number % LARGE_INTERVAL == 0 else random.choice(PUPILS)
        pupils = float(random.randint(*about))
        for year, index in years.items():
            pupils *= random.uniform(0.94, 1.005)
            if school.exists_in(index) and _count_day(year) <= timezone.localdate():
                count = _count(school, year, random)
                counts.append(count)
                grades += _grades(count, round(pupils), random)
    YearlyCount.objects.bulk_create(counts)
    GradeCount.objects.bulk_create(grades, batch_size=2000)


def _count_day(year: AcademicYear) -> date:
    return date(year.year - BE_OFFSET, 6, 10)


def _count(school: ShowroomSchool, year: AcademicYear, random: Random) -> YearlyCount:
    return YearlyCount(
        school=school.row,
        academic_year=year,
        counted_on=_count_day(year),
        male_teachers=random.randint(1, 4),
        female_teachers=random.randint(3, 9),
        is_sample=True,
    )


def _grades(count: YearlyCount, pupils: int, random: Random) -> list[GradeCount]:
    """The pupils spread over the school's grades, about as many boys as girls."""
    first, last = count.school.first_grade or Grade.P1, count.school.last_grade or Grade.P6
    grades = [grade for grade in Grade if first <= grade <= last]
    rows = []
    for position, grade in enumerate(grades):
        here = pupils // len(grades) + (position < pupils % len(grades))
        boys = here // 2 + random.randint(0, here % 2)
        rooms = max(1, -(-here // 35))
        rows.append(GradeCount(count=count, grade=grade, boys=boys, girls=here - boys, rooms=rooms))
    return rows
