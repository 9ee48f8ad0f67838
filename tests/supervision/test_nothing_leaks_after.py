"""What stays behind when somebody leaves: the computer, the post, the address in a phone."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way_out", ["account_logout", "admin:logout"])
def test_signing_out_empties_what_the_browser_keeps_for_its_back_button(
    login, administrator, client, way_out
):
    browser = login(administrator)
    assert "Clear-Site-Data" not in browser.get(reverse("home"))
    assert browser.post(reverse(way_out))["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in browser.get(reverse("account_login"))
    assert "Clear-Site-Data" not in client.post(reverse("account_logout"))
