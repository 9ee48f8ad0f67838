"""Six send the same form in the same moment: each is answered, and nobody with an error."""

import pytest
from django.test import Client

from tests.soak.conftest import LONG
from tests.soak.posting import ABOUTS, POSTS, address, allowed, form_at
from tests.two_at_once.acts import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.soak]
SIX = 6


@pytest.mark.parametrize("about", ABOUTS)
@pytest.mark.parametrize("turn", range(max(1, LONG // 10)))
def test_six_at_once_are_all_answered(cast, things, about, turn):
    failed = []
    for _, name, of, signs in POSTS:
        if of == about:
            url, who = address(name, things.get(about, {})), allowed(signs)
            answers = six_at_once([cast[who[at % len(who)]] for at in range(SIX)], url)
            failed += [(name, answer) for answer in answers if is_error(answer)]
    assert failed == []


def six_at_once(people, url):
    sending = []
    for person in people:
        client = Client()
        if person:
            client.force_login(person)
        sent = form_at(client, url).filled()
        sending.append(lambda client=client, sent=sent: client.post(url, sent))
    return together(*sending)


def is_error(answer) -> bool:
    return isinstance(answer, Exception) or answer.status_code >= 500
