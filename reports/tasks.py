import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

from reports.documents import pdf_of
from reports.models import IssuedDocument


@task()
def render_document(document_id: int) -> None:
    """Make the PDF of an issued document from its frozen figures, once."""
    document = IssuedDocument.objects.get(pk=document_id)
    if not document.file:
        attach(document_id, pdf_of(document))


@transaction.atomic
def attach(document_id: int, content: bytes) -> None:
    """Attach the file unless another worker was quicker: a digest once shown stays true."""
    document = IssuedDocument.objects.select_for_update().get(pk=document_id)
    if document.file:
        return
    document.file.save(f"{document.kind}.pdf", ContentFile(content), save=False)
    document.sha256 = hashlib.sha256(content).hexdigest()
    document.save(update_fields=["file", "sha256"])
