"""Word files by another process, which may die of the template that it is given."""

import base64
import json
import subprocess
import sys
import threading
from typing import Any

from django.conf import settings

from reports.word.render_process import EXIT_FAULT, TemplateFault

RENDER_SECONDS = 60

# However many people ask, a web worker makes one at a time.
_word_lock = threading.Lock()


def render_word(
    kind: str, context: dict[str, Any], *, template: bytes | None = None, strict: bool = False
) -> bytes:
    """The Word file of a report; without a template of the office by the one the portal brings.

    Raises TemplateFault; strict also for a field that the report does not have.
    """
    return _run_render_process(kind, template, {"context": context, "strict": strict})


def default_word_template(kind: str) -> bytes:
    """The template that the portal brings, to be edited in Word."""
    return _run_render_process(kind, None, {})


def _run_render_process(kind: str, template: bytes | None, asked: dict[str, Any]) -> bytes:
    asked["kind"] = kind
    asked["template"] = base64.b64encode(template).decode() if template else None
    command = [sys.executable, "-m", "reports.word.render_process"]
    try:
        with _word_lock:
            done = subprocess.run(
                command,
                input=json.dumps(asked).encode(),
                capture_output=True,
                cwd=settings.BASE_DIR,
                timeout=RENDER_SECONDS,
            )
    except subprocess.TimeoutExpired as late:
        raise TemplateFault("too_big") from late
    if done.returncode == EXIT_FAULT:
        raise TemplateFault(**json.loads(done.stdout))
    if done.returncode:
        raise TemplateFault("too_big" if done.returncode < 0 else "broken")
    return done.stdout
