"""Rules of the code (see CONTRIBUTING.md) that a reader would otherwise have to remember."""

import re
import sys
from inspect import unwrap
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import CheckConstraint
from django.urls import URLResolver, get_resolver

from tests.portal_models import OUR_PACKAGES, portal_models

pytestmark = pytest.mark.db_agnostic

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
SOURCES = [
    path
    for app in OUR_PACKAGES
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
]
OUR_MODELS = [model for model in portal_models() if not model.__name__.startswith("Historical")]
MAX_LINE = 120
# A template tag cannot be broken: it may be longer where it stands alone on its line.
TAG_ALONE = re.compile(r"\s*\{%[^%]*%\}\s*")
STATIC_FILE = re.compile(r"\{%\s*static\s+['\"]([^'\"]+)")
INCLUDE = re.compile(r"\{%\s*include\s[^%]*%\}")
# Parts that need the whole context: the state of an import, Django's own input of a widget.
WITHOUT_ONLY = ("schools/imports/import.html", "schools/widgets/buddhist_date.html")
# Templates that Django, allauth or a library names itself.
NAMED_BY_LIBRARIES = ("account/", "mfa/", "admin/", "400.html", "403", "404.html", "500.html")


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_who_and_when_are_tied_together(model):
    """A nullable `x_at` beside an `x_by`: a constraint says that both are there or none."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    pairs = [
        (name, name.removesuffix("_at") + "_by")
        for name, field in fields.items()
        if name.endswith("_at") and field.null and name.removesuffix("_at") + "_by" in fields
    ]
    checks = [str(c.condition) for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    for at, by in pairs:
        assert any(at in check and by in check for check in checks), (model, at, by)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_model_says_what_it_is(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in [*SOURCES, *TEMPLATES.rglob("*.html")])
    names = [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")]
    unused = [n for n in names if f'"{n}"' not in text and not n.startswith(NAMED_BY_LIBRARIES)]
    assert unused == []


def test_every_static_file_that_a_template_names_is_there():
    """In production a page that names a missing one is an error, not a page without its style."""
    named = {
        (str(path.relative_to(TEMPLATES)), name)
        for path in TEMPLATES.rglob("*.html")
        for name in STATIC_FILE.findall(path.read_text())
    }
    assert len(named) > 50
    assert sorted((path, name) for path, name in named if not finders.find(name)) == []


def view_modules() -> set[Path]:
    """The files of all views that an address leads to."""
    names = {unwrap(view).__module__ for view in _views(get_resolver().url_patterns)}
    return {Path(sys.modules[name].__file__ or "") for name in names} & set(SOURCES)


def _views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_views_and_templates_ask_permissions_never_roles():
    asking = [*view_modules(), *TEMPLATES.rglob("*.html")]
    naming = re.compile(r"\bRole\.|\.role\b|is_superuser|is_staff")
    assert len(view_modules()) > 20
    assert [path for path in asking if naming.search(path.read_text())] == []


def test_no_logic_hides_in_signals_or_save():
    signals = re.compile(r"django\.db\.models\.signals|@receiver")
    assert [path for path in SOURCES if signals.search(path.read_text())] == []
    assert [model for model in OUR_MODELS if "save" in vars(model)] == []


def test_no_junk_modules():
    assert [path for path in SOURCES if path.stem in ("utils", "helpers", "services")] == []


def test_no_page_is_longer_than_it_should_be():
    long = {
        str(p): n for p in TEMPLATES.rglob("*.html") if (n := len(p.read_text().splitlines())) > 300
    }
    assert long == {}


def test_lines_of_templates_are_short():
    long = [
        f"{path}:{number}"
        for path in TEMPLATES.rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > MAX_LINE and not TAG_ALONE.fullmatch(line)
    ]
    assert long == []


def test_every_include_says_what_it_passes_on():
    open_ = [
        (str(path), include)
        for path in TEMPLATES.rglob("*.html")
        for include in INCLUDE.findall(path.read_text())
        if " only " not in include and not str(path).endswith(WITHOUT_ONLY)
    ]
    assert open_ == []
