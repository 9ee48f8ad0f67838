"""What is sent after a session has ended: kept for its author, and given back after sign-in."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import UnsavedPost
from schools.unsaved_posts.actions import LAST_USER_COOKIE, MAX_CHARACTERS, MAX_POSTS_PER_USER
from supervision.special_days.models import SpecialDay

LOGIN = reverse("account_login")
FORM = reverse("calendar_day_add")
HTML = {"accept": "text/html,*/*"}
PASSWORD = "ทดสอบ-ระบบ-2567"
TYPED = {"name": "วันประชุมผู้บริหาร", "version": "abc", "csrfmiddlewaretoken": "x"}


def sign_in(client, user, address=LOGIN):
    user.set_password(PASSWORD)
    user.save()
    sent = {"login": user.username, "password": PASSWORD}
    if "next=" in address:
        sent["next"] = parse_qs(urlsplit(address).query)["next"][0]
    return client.post(address, sent, follow=True)


def end_session(client):
    """As after an idle hour: the cookies are still in the browser, the session is gone."""
    Session.objects.all().delete()


@pytest.fixture
def late(client, group_director):
    """The group director's browser after the session ended."""
    sign_in(client, group_director)
    client.get(FORM)
    end_session(client)
    return client


def test_words_sent_too_late_come_back_after_sign_in(late, group_director):
    answer = late.post(FORM, TYPED, headers=HTML)
    page = late.get(answer["Location"]).content.decode()
    assert "ระบบเก็บข้อความที่ส่งเมื่อสักครู่ไว้แล้ว" in page
    text = sign_in(late, group_director, answer["Location"]).content.decode()
    assert "<li>วันประชุมผู้บริหาร</li>" in text
    assert "<li>abc</li>" not in text  # what the page sends by itself is nobody's words
    assert f'action="{FORM}"' in text
    assert 'name="name" value="วันประชุมผู้บริหาร"' in text
    assert not SpecialDay.objects.exists()  # nothing is sent again unasked


def test_another_person_at_the_computer_never_sees_them(late, supervisor):
    address = late.post(FORM, TYPED, headers=HTML)["Location"]
    assert sign_in(late, supervisor, address).status_code == 404
    post = UnsavedPost.objects.get()
    assert late.post(reverse("unsaved_post_discard", args=[post.pk])).status_code == 404


def test_without_a_genuine_author_nothing_is_kept_and_it_is_said(client, db):
    client.cookies[LAST_USER_COOKIE] = "1:forged:signature"
    for _ in range(3):
        answer = client.post(FORM, TYPED, headers=HTML)
    assert "ยังไม่ได้บันทึก เพราะหมดเวลาใช้งาน" in client.get(answer["Location"]).content.decode()
    assert not UnsavedPost.objects.exists()
    assert not Session.objects.exists()  # visitors without an account fill no table


def test_secrets_are_not_kept(late):
    late.post(FORM, TYPED | {"password1": "ลับมาก"}, headers=HTML)
    assert UnsavedPost.objects.get().fields == [["name", "วันประชุมผู้บริหาร"], ["version", "abc"]]


@pytest.mark.parametrize(
    "sent",
    [
        {"version": "abc", "csrfmiddlewaretoken": "x"},  # an act without words: open its page again
        {"name": "ก" * MAX_CHARACTERS},
    ],
)
def test_what_is_empty_or_too_much_is_not_kept(late, sent):
    answer = late.post(FORM, sent, headers=HTML)
    assert "unsaved=lost" in answer["Location"]
    assert not UnsavedPost.objects.exists()


def test_a_script_keeps_its_own_words(late):
    assert "unsaved" not in late.post(FORM, TYPED, headers={"accept": "*/*"})["Location"]
    assert not UnsavedPost.objects.exists()


def test_only_the_last_few_are_kept(late):
    for number in range(MAX_POSTS_PER_USER + 2):
        late.post(FORM, {"name": f"วันที่ {number}"}, headers=HTML)
    assert UnsavedPost.objects.count() == MAX_POSTS_PER_USER
    assert UnsavedPost.objects.first().typed_texts == [f"วันที่ {MAX_POSTS_PER_USER + 1}"]


def test_after_a_day_they_are_gone(late, group_director):
    late.post(FORM, TYPED, headers=HTML)
    post = UnsavedPost.objects.get()
    sign_in(late, group_director)
    assert late.get(post.get_absolute_url()).status_code == 200
    UnsavedPost.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    assert late.get(post.get_absolute_url()).status_code == 404
    assert UnsavedPost.objects.expired().count() == 1


def test_a_file_is_named_to_be_chosen_again(late, group_director):
    file = SimpleUploadedFile("ภาพกิจกรรม.jpg", b"x")
    address = late.post(FORM, TYPED | {"file": file}, headers=HTML)["Location"]
    text = sign_in(late, group_director, address).content.decode()
    assert "ไฟล์ที่แนบเก็บไว้ไม่ได้" in text
    assert "ภาพกิจกรรม.jpg" in text


def test_the_form_elsewhere_on_a_page_leads_back_to_that_page(late):
    late.post(FORM, TYPED, headers=HTML | {"referer": "http://testserver/board/?x=1"})
    late.post(FORM, TYPED, headers=HTML | {"referer": "https://elsewhere.example/board/"})
    late.post(FORM, TYPED, headers=HTML | {"referer": "http://testserver//elsewhere.example/"})
    pages = [post.page for post in UnsavedPost.objects.all()]
    assert pages == ["/elsewhere.example/", FORM, "/board/"]


def test_the_author_may_throw_them_away(late, group_director):
    address = late.post(FORM, TYPED, headers=HTML)["Location"]
    sign_in(late, group_director, address)
    late.post(reverse("unsaved_post_discard", args=[UnsavedPost.objects.get().pk]))
    assert not UnsavedPost.objects.exists()


def test_pages_of_who_is_signed_in_are_stored_by_no_browser(client, group_director, db):
    assert client.get(reverse("published")).get("Cache-Control") is None
    sign_in(client, group_director)
    for page in (reverse("home"), reverse("board"), reverse("help")):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_a_late_post_without_csrf_token_is_not_kept(group_director):
    client = Client(enforce_csrf_checks=True)
    client.force_login(group_director)
    client.get(FORM)
    Session.objects.all().delete()
    assert client.post(FORM, TYPED, headers=HTML).status_code == 403
    assert not UnsavedPost.objects.exists()
