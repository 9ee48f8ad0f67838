"""What can be done with the memo that forwards a report: it is written, as often as wanted."""

from typing import Any

from django.utils import timezone

from reports.memos.models import Memo
from reports.models import IssuedDocument
from schools.models import User


def save_memo(document: IssuedDocument, *, by: User, **words: Any) -> Memo:
    """Keep the memo's words as typed; its paper is signed by hand and stays outside the portal."""
    facts = words | {"updated_by": by, "updated_at": timezone.now()}
    memo, _ = Memo.objects.update_or_create(document=document, defaults=facts)
    return memo
