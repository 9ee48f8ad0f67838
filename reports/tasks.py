import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from reports.documents import report_pdf
from reports.models import IssuedDocument


@task()
def render_document(document_id: int) -> None:
    """Make the PDF of an issued document from its frozen figures, unless it is there."""
    document = IssuedDocument.objects.get(pk=document_id)
    if not document.has_file:
        attach_pdf(document_id, report_pdf(document))


@transaction.atomic
def attach_pdf(document_id: int, content: bytes) -> None:
    """Attach the file unless another worker was quicker: a digest once shown stays true.

    Of a file that was lost, the digest is kept beside the new one.
    """
    document = IssuedDocument.objects.select_for_update().get(pk=document_id)
    if document.has_file:
        return
    before, document.sha256 = document.sha256, hashlib.sha256(content).hexdigest()
    if before not in ("", document.sha256):
        document.earlier_files.create(sha256=before, replaced_at=timezone.now())
    document.file.save(f"{document.kind}.pdf", ContentFile(content), save=False)
    document.save(update_fields=["file", "sha256"])
