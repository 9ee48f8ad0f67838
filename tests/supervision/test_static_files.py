"""The portal's scripts: how production names them, and how pages load them."""

import re
import shutil
from pathlib import Path

from django.conf import settings

from supervision.config.static_files import HashedFilesStorage

ROOT = Path(settings.BASE_DIR)
SCRIPTS = ROOT / "static" / "js"
TEMPLATES = ROOT / "templates"
# Runs before the page is drawn, which no module does.
CLASSIC_SCRIPTS = {"hold-presses.js"}
IMPORT = re.compile(
    r"""^(?:import|\} from|export) [^;]*?["']\./([^"']+)["'];|import\("\./(.+?)"\)""", re.M
)


def imported_names(text: str) -> set[str]:
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return {first or second for first, second in IMPORT.findall(without_comments)}


def test_modules_import_each_other_by_the_names_that_pages_use(tmp_path):
    """Else a browser would load a module twice, with two queues in it."""
    shutil.copytree(SCRIPTS, tmp_path / "js")
    storage = HashedFilesStorage(location=tmp_path, base_url="/static/")
    names = [f"js/{path.name}" for path in SCRIPTS.glob("*.js")]
    list(storage.post_process({name: (storage, name) for name in names}))
    hashed = {storage.stored_name(name).removeprefix("js/") for name in names}
    imports = {one: imported_names((tmp_path / "js" / one).read_text()) for one in hashed}
    assert set().union(*imports.values()) <= hashed
    assert any(name.startswith("edit-queue.") for name in set().union(*imports.values()))


def test_every_script_is_a_module_and_loaded():
    """Each file is named by a page, or imported by another."""
    tag = re.compile(r"""<script( type="module")? src="\{% static 'js/([^']+)' %\}"( defer)?>""")
    tags = [found for path in TEMPLATES.rglob("*.html") for found in tag.findall(path.read_text())]
    assert {name for module, name, _ in tags if not module} == CLASSIC_SCRIPTS
    loaded = {name for _, name, _ in tags} | {"buddhist-date.js"}  # by its field
    imported = set().union(*(imported_names(path.read_text()) for path in SCRIPTS.glob("*.js")))
    assert loaded | imported == {path.name for path in SCRIPTS.glob("*.js")}
