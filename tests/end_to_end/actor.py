"""A person at a browser: signs in, sees what waits, follows links and presses buttons."""

from copy import copy
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from schools.models import User

PASSWORD = "ทดสอบ-รหัสผ่าน-1"
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 900}


class Actor:
    """One signed-in person in a browser of their own."""

    def __init__(self, browser: Browser, address: str, user: User, viewport: dict) -> None:
        context = browser.new_context(
            base_url=address, viewport=viewport, locale="th-TH", timezone_id="Asia/Bangkok"
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)  # signing makes the PDF at once in tests
        self.page.goto("/todos/")
        self.page.get_by_label("ชื่อผู้ใช้").fill(user.username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.press("เข้าสู่ระบบ")

    def open_todo(self, waiting: str) -> None:
        """Open the first thing on the home page that begins with these words."""
        self.page.goto("/todos/")
        self.follow(waiting)

    def another_tab(self) -> "Actor":
        """The same person with the same page open once more."""
        tab = copy(self)
        tab.page = self.page.context.new_page()
        tab.open(self.page.url)
        return tab

    def open(self, path: str) -> None:
        self.page.goto(path)

    def follow(self, name: str) -> None:
        """A link that asks first what the device holds leads on a moment later: it is awaited."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()

    def press(self, name: str) -> None:
        """Every button here sends a form; the answer is awaited before going elsewhere."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def check_accessibility(self) -> None:
        """Fit for a screen reader, and no wider than the screen."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width

    def download(self, name: str) -> Path:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).first.click()
        return waiting.value.path()

    def rate_all_indicators(self, level: int) -> None:
        """Judge every indicator of every standard, moving on only when all is saved."""
        while True:
            for card in self.page.locator("section.indicator").all():
                card.locator(f"input[type=radio][value='{level}']").check()
            self.wait_until_saved()
            following = self.page.get_by_role("button", name="ถัดไป มาตรฐาน")
            if not following.count():
                return
            with self.page.expect_navigation():
                following.click()

    def rate_indicator(self, number: int, level: int) -> None:
        """Choose a level for the first (0), second … indicator of the page."""
        card = self.page.locator("section.indicator").nth(number)
        card.locator(f"input[type=radio][value='{level}']").check()

    def wait_until_saved(self) -> None:
        expect(self.page.locator("[data-save-state]").first).to_have_attribute(
            "data-save-state", "saved"
        )
