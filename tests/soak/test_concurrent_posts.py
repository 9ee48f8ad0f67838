"""Six send the same form in the same moment: each is answered, and nobody with an error."""

import pytest
from django.test import Client

from tests.concurrency.parallel import run_together
from tests.soak.conftest import SOAK_TURNS
from tests.soak.form_posts import POST_ROWS, SUBJECTS, allowed_personas, parse_form, url_of_row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.soak]
SIX = 6


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("turn", range(max(1, SOAK_TURNS // 10)))
def test_six_at_once_are_all_answered(personas, records, subject, turn):
    failed = []
    for _, name, of, signs in POST_ROWS:
        if of == subject:
            url, who = url_of_row(name, records.get(subject, {})), allowed_personas(signs)
            answers = post_six_together([personas[who[at % len(who)]] for at in range(SIX)], url)
            failed += [(name, answer) for answer in answers if is_error(answer)]
    assert failed == []


def post_six_together(people, url):
    sending = []
    for person in people:
        client = Client()
        if person:
            client.force_login(person)
        sent = parse_form(client, url).filled()
        sending.append(lambda client=client, sent=sent: client.post(url, sent))
    return run_together(*sending)


def is_error(answer) -> bool:
    return isinstance(answer, Exception) or answer.status_code >= 500
