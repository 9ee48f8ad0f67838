"""Rounds that wait for the decision of a meeting."""

from schools.enums import Role
from supervision.rounds.models import Round
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory
from tests.personas import user_with_role


def waiting_round(supervisor, term, cluster, *, level, own_level=None) -> Round:
    """A round of a school of its own, whose director acknowledged the visit."""
    school = SchoolFactory(cluster=cluster)
    director = user_with_role(Role.SCHOOL_DIRECTOR, f"director_{school.pk}", school=school)
    round_ = RoundFactory(school=school, term=term)
    if own_level:
        scenarios.self_assessment_confirmed(round_, by=director, level=own_level)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=director, level=level)
    return round_
