"""The page from which all data of a term is taken along."""

import re
from html import unescape

import pytest
from django.urls import reverse

URL = "/overview/files/"


def links(client, **wanted) -> list[str]:
    html = client.get(URL, wanted).content.decode()
    return [unescape(url) for url in re.findall(r'href="([^"]*/export/[^"]*)"', html)]


def test_every_file_opens_from_the_page(login, supervisor, round_):
    client = login(supervisor)
    found = links(client)
    assert len(found) == 5
    assert {client.get(url).status_code for url in found} == {200}


def test_the_files_have_the_filters_of_the_page(login, supervisor, round_, cluster):
    found = links(login(supervisor), cluster=cluster.pk)
    workbook = next(url for url in found if "workbook" in url)
    assert f"cluster={cluster.pk}" in workbook
    assert f"term={round_.term.pk}" in workbook


def test_the_menu_leads_there_who_sees_the_area(login, supervisor, school_director, round_):
    assert URL in login(supervisor).get(reverse("home")).content.decode()
    assert URL not in login(school_director).get(reverse("home")).content.decode()


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "cluster_chair"])
def test_who_does_not_see_the_area_has_no_such_page(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(URL).status_code == 403


def test_before_any_term_the_page_says_so(login, supervisor):
    response = login(supervisor).get(URL)
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in response.content.decode()
