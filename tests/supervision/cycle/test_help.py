import pytest
from django.urls import reverse


@pytest.mark.parametrize("who", ["school_director", "supervisor", "clerk", "administrator"])
def test_everybody_reads_the_help(request, login, who):
    text = login(request.getfixturevalue(who)).get(reverse("help")).content.decode()
    for section in ("roles", "marks", "saving", "offline", "not-achieved", "sign-in"):
        assert f'id="{section}"' in text


def test_anonymous_is_sent_to_sign_in(client, db):
    assert client.get(reverse("help")).status_code == 302
