"""The term report says what the rooms know, and only what is settled."""

import json

from reports.data.term import term_report
from supervision.practices.enums import Result
from supervision.rounds.models import Round
from tests import walk


def test_it_sets_the_school_beside_the_supervisor(round_, supervisor, school_director):
    walk.self_assessment_confirmed(round_, by=school_director, level=5)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=4)
    first = term_report(round_)["standards"][0]
    assert (first["own"]["n"], first["own"]["mean"], first["own"]["sd"]) == (2, "5.00", "0.00")
    assert (first["visit"]["mean"], first["visit"]["meaning"]) == ("4.00", "ดีเลิศ")
    assert (first["gap"], first["achieved"]) == ("−1.00", True)
    assert first["indicators"][0]["gap"] == -1


def test_it_can_be_frozen_as_json(agreed):
    figures = term_report(agreed)
    assert json.loads(json.dumps(figures)) == figures


def test_it_names_posts_and_dates_not_people(agreed, supervisor, school_director):
    text = json.dumps(term_report(agreed), ensure_ascii=False)
    assert supervisor.full_name not in text
    assert school_director.full_name not in text
    assert len(term_report(agreed)["signatures"]) == 5


def test_drafts_are_nobodys_figures(round_, supervisor, school_director, group_director):
    walk.needs_submitted(round_, by=school_director)
    walk.self_assessment_confirmed(round_, by=school_director)
    visit = walk.visit_planned(round_, by=supervisor)
    walk.visits.start_record(visit, by=supervisor)
    walk.fill(visit.sheet, 2, by=supervisor, note="ยังไม่ลงนาม")
    figures = term_report(round_)
    assert figures["visit"] is None
    assert figures["overall"]["visit"]["mean"] is None
    assert figures["recommendations"] == []


def test_a_second_round_tells_of_the_first(round_, supervisor, school_director, group_director):
    walk.self_assessment_confirmed(round_, by=school_director, level=2)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    walk.decided(
        round_, by=group_director, result=Result.NOT_ACHIEVED, will_change="นิเทศชั้นเรียนทุกเดือน"
    )
    figures = term_report(Round.objects.get(previous=round_))
    [before] = figures["before"]
    assert (before["number"], before["result"]) == (1, "ไม่บรรลุ")
    assert before["will_change"] == "นิเทศชั้นเรียนทุกเดือน"
    assert figures["decision"] is None
