"""How much each officer has to do: duties by order, schools, visits and open advice of a term."""

from tests import scenarios
from tests.factories import DutyFactory, OrderOfficerFactory

URL = "/duties/workload/"


def test_duties_schools_and_advice_of_each_officer(
    login, clerk, supervisor, other_supervisor, school_director, round_, group_director
):
    DutyFactory(officer=OrderOfficerFactory(user=supervisor))
    DutyFactory(officer=OrderOfficerFactory(printed_name="ผู้ไม่มีบัญชี"))
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    response = login(clerk).get(URL)
    found = {one.name: one for one in response.context["officers"]}
    assert set(found) == {str(supervisor), "ผู้ไม่มีบัญชี"}
    ours = found[str(supervisor)]
    assert (ours.duties, ours.supervision.schools, ours.supervision.visited) == (1, 1, 1)
    assert (ours.supervision.open_advice, ours.supervision.overdue_advice) == (1, 0)
    assert found["ผู้ไม่มีบัญชี"].supervision is None
    assert "ไม่ได้รับผิดชอบกลุ่มโรงเรียน" in response.content.decode()


def test_without_a_term_it_says_so(login, clerk):
    assert login(clerk).get(URL).status_code == 200


def test_it_asks_little(login, clerk, supervisor, round_, django_assert_max_num_queries):
    DutyFactory(officer=OrderOfficerFactory(user=supervisor))
    client = login(clerk)
    client.get(URL)  # the first request of a session renews it
    with django_assert_max_num_queries(15):
        client.get(URL)
