"""README, CONTRIBUTING and docs/ name only what exists: files, names, commands and targets."""

import importlib
import os
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.db.models.enums import Choices

from schools.enums import Role
from supervision.rounds.enums import CycleStep
from tests.portal_models import OUR_PACKAGES, portal_models

pytestmark = pytest.mark.db_agnostic

ROOT = Path(settings.BASE_DIR)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE_SPAN = re.compile(r"`([^`\n]+)`")
FENCED_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"[\w.-]+\.(py|md|html|css|js|toml|txt|yaml|yml|svg)")
PATH = re.compile(r"\.?[\w.*<>{},-]+(/[\w.*<>{},-]*)+")
DOTTED_NAME = re.compile(rf"({'|'.join([*OUR_PACKAGES, 'tests'])})(\.\w+)+")
# Names of the code: CamelCase, snake_case and UPPER_CASE, perhaps with a part or arguments.
IDENTIFIER = re.compile(r"[A-Za-z_]\w*(\.\w+)*(\([\w=, …]*\))?")
SOURCE_SUFFIXES = {".py", ".html", ".js", ".mjs", ".css", ".toml", ".yaml", ".json", ".service"}
NOT_OURS = {".venv", "var", ".git", "node_modules", "__pycache__"}


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file of the repository."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        found += [Path(folder) / name for name in names]
    return tuple(found)


@cache
def words_of_source() -> frozenset[str]:
    """Every word that stands in the code, the templates or the settings of a tool."""
    sources = [
        path
        for path in repository_files()
        if path.name == "Makefile" or path.suffix in SOURCE_SUFFIXES
    ]
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    return frozenset(re.findall(r"\w+", text))


def path_exists(path: str) -> bool:
    """A file or folder of the repository; `<app>`, `*` and `{a,b}` stand for more than one."""
    if group := re.search(r"\{([^{}]*)\}", path):
        return all(path_exists(path.replace(group[0], name)) for name in group[1].split(","))
    return any(ROOT.glob(re.sub(r"<\w+>", "*", path).rstrip("/")))


def is_importable(name: str) -> bool:
    """A module, or what a module or class of ours holds under that name."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for part in parts[length:]:
            if not hasattr(value, part):
                return False
            value = getattr(value, part)
        return True
    return False


def is_true(span: str) -> bool:
    """Whether what stands between backticks exists; what is no name of ours is not judged."""
    if span.startswith("make "):
        return bool(
            re.search(rf"^{span.split()[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        )
    if command := re.match(r"(?:\S*python )?manage\.py (\w+)", span):
        return command[1] in get_commands()
    if PATH.fullmatch(span) and (ROOT / span.split("/")[0]).exists():
        return path_exists(span)
    if FILE_NAME.fullmatch(span):
        return any(path.name == span for path in repository_files())
    if DOTTED_NAME.fullmatch(span):
        return is_importable(span)
    if IDENTIFIER.fullmatch(span):
        return set(re.findall(r"\w+", span.partition("(")[0])) <= words_of_source()
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_only_what_exists(page):
    text = FENCED_BLOCK.sub("", page.read_text(encoding="utf-8"))
    assert [span for span in CODE_SPAN.findall(text) if not is_true(span)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (page.parent / target).exists()] == []


def test_every_decision_is_listed():
    decisions = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (decisions / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in decisions.glob("[0-9]*.md"))


def test_the_glossary_is_complete():
    """Every model, role and step, and every state with the word that people read."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    models = [m for m in portal_models() if not m.__name__.startswith("Historical")]
    members = [f"{enum.__name__}.{member.name}" for enum in (Role, CycleStep) for member in enum]
    missing = [
        name for name in [*(m.__name__ for m in models), *members] if f"`{name}`" not in text
    ]
    assert missing == []
    states = [state for model in models for state in _states(model) if state.value]
    assert [state for state in states if f"`{state.name}`: {state.label}" not in text] == []


def _states(model: type) -> list[Choices]:
    """The members of the states' enum of a record that has states."""
    rules = getattr(model, "TRANSITIONS", {}).values()
    return [state for rule in rules for state in (rule.target,) if isinstance(state, Choices)]


@pytest.mark.parametrize(
    "span",
    ["Unknown" + "Model", "schools/no_such_file.py", "schools.access.no_such_name", "make nothing"],
)
def test_the_check_itself_finds_what_does_not_exist(span):
    assert not is_true(span)
