from collections.abc import Iterable

from django import forms

from schools.core.forms import PortalForm
from schools.models import SizeScheme, Term
from supervision.cycle.steps import all_steps

FINISHED, UNOPENED, STOPPED = "finished", "unopened", "stopped"


class BoardFilter(PortalForm):
    """What the area board shows; a value nobody offered is named as an error and left out."""

    term = forms.ChoiceField(label="ภาคเรียน", required=False)
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    size = forms.ChoiceField(label="ขนาด", required=False)
    step = forms.ChoiceField(label="ขั้นปัจจุบัน", required=False)
    overdue = forms.ChoiceField(
        label="กำหนดเสร็จ", required=False, choices=[("", "ทั้งหมด"), ("1", "เฉพาะที่เกินกำหนด")]
    )

    def __init__(
        self,
        *args,
        terms: Iterable[Term],
        clusters: Iterable[tuple[int, str]],
        scheme: SizeScheme | None,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step.number, f"{step.number} {step.short}") for step in all_steps()]
        others = [(FINISHED, "ครบทุกขั้น"), (UNOPENED, "ยังไม่เปิดรอบ"), (STOPPED, "เลิกหรือรวมแล้ว")]
        self.fields["term"].choices = [(term.pk, str(term)) for term in terms]
        self.fields["cluster"].choices = [("", "ทุกกลุ่ม"), *clusters]
        if scheme is None:  # without a scheme no school has a size
            del self.fields["size"]
        else:
            sizes = [(band.label, band.label) for band in scheme.bands.all()]
            self.fields["size"].choices = [("", "ทุกขนาด"), *sizes]
        self.fields["step"].choices = [("", "ทุกขั้น"), *steps, *others]
