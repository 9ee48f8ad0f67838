"""The area that the benchmark measures: the showroom's, with as many schools as asked for."""

from dataclasses import dataclass

from schools.models import School, Term, User
from supervision.demo.showroom.loading import load_showroom
from supervision.demo.showroom.places import school_name
from supervision.rounds.models import Round


@dataclass(frozen=True)
class BenchmarkData:
    """Who and where the benchmark measures; the school drafts its self-assessment of the term."""

    supervisor: User
    group: User
    area: User
    director: User
    school: School
    term: Term


def build_benchmark_data(schools: int, years: int) -> BenchmarkData:
    """A database of that many schools and years, the newest term in force and half done."""
    load_showroom(schools, years)
    school = School.objects.get(name=school_name(1))
    return BenchmarkData(
        supervisor=User.objects.get(username="supervisor"),
        group=User.objects.get(username="group"),
        area=User.objects.get(username="area"),
        director=User.objects.get(username="director1"),
        school=school,
        term=Round.objects.filter(school=school).latest("term__opens_on").term,
    )
