import hashlib

from django.core.files.base import ContentFile
from django_tasks import task

from reports.documents import pdf_of
from reports.models import IssuedDocument


@task()
def render_document(document_id: int) -> None:
    """Make the PDF of an issued document from its frozen figures, once."""
    document = IssuedDocument.objects.get(pk=document_id)
    if document.file:
        return
    content = pdf_of(document)
    document.file.save(f"{document.kind}.pdf", ContentFile(content), save=False)
    document.sha256 = hashlib.sha256(content).hexdigest()
    document.save(update_fields=["file", "sha256"])
