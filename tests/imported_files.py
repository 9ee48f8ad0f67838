"""Files brought in through the pages, with the background work done at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.models import Import


@pytest.fixture
def send(login, clerk, django_capture_on_commit_callbacks):
    """Bring in a file as somebody does, and have it checked."""

    def send(kind: str, content: bytes, *, by=None, name="ทะเบียน.xlsx") -> Import:
        url = reverse("import_upload", args=[kind])
        with django_capture_on_commit_callbacks(execute=True):
            response = login(by or clerk).post(url, {"file": SimpleUploadedFile(name, content)})
        assert response.status_code == 302, response.content.decode()
        return Import.objects.latest("pk")

    return send


@pytest.fixture
def save(login, django_capture_on_commit_callbacks):
    """Confirm a checked file, and have it saved."""

    def save(import_: Import) -> Import:
        with django_capture_on_commit_callbacks(execute=True):
            login(import_.by).post(reverse("import_confirm", args=[import_.pk]))
        import_.refresh_from_db()
        return import_

    return save


@pytest.fixture
def saved(send, save):
    """Bring in, confirm, saved: for files without a problem."""

    def saved(*args, **kwargs) -> Import:
        import_ = send(*args, **kwargs)
        assert import_.state == "checked", import_.report
        import_ = save(import_)
        assert import_.state == "saved", import_.report
        return import_

    return saved


@pytest.fixture
def problems():
    """Row, column and message of every problem of a file."""

    def problems(import_: Import) -> list[tuple[int, str, str]]:
        assert import_.state == "refused", (import_.state, import_.report)
        return [(p["row"], p["column"], p["message"]) for p in import_.report["problems"]]

    return problems
