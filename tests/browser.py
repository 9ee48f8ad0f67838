"""Debian's Chromium for pytest-playwright: offline, without its own chatter."""

import os

import pytest
from django.conf import settings
from django.test import Client

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # containers and root have no user namespaces
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "th-TH", "timezone_id": "Asia/Bangkok"}


@pytest.fixture(scope="session", autouse=True)
def sync_database_beside_playwright():
    """Playwright's sync API keeps an event loop in this thread, which Django would refuse."""
    patch = pytest.MonkeyPatch()
    patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    yield
    patch.undo()


@pytest.fixture
def open_browser(new_context, live_server):
    """Somebody's phone or laptop, signed in: `open_browser(teacher)`."""

    def open_(user, **more):
        client = Client()
        client.force_login(user)
        context = new_context(**PHONE | more)
        context.set_default_timeout(15_000)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    return open_


def sign_in(page, client, url):
    """Give the page the session of a client that is signed in already."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def complaints_of(page) -> list[str]:
    """What the browser says on its console from now on.

    That a preloaded file was used late says only that this machine is slow.
    """
    complaints = []

    def note(line):
        if "was preloaded using link preload" not in line.text:
            complaints.append(line.text)

    page.on("console", note)
    return complaints
