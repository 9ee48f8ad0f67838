from typing import Any

from django import forms

from schools.models import SizeScheme
from supervision.cycle.steps import all_steps
from supervision.rounds.overview import TermFilterForm

FINISHED, UNOPENED, STOPPED = "finished", "unopened", "stopped"


class BoardFilter(TermFilterForm):
    """What the area board shows: a term, a cluster, a size, a step."""

    size = forms.ChoiceField(label="ขนาด", required=False)
    step = forms.ChoiceField(label="ขั้นปัจจุบัน", required=False)
    overdue = forms.ChoiceField(
        label="กำหนดเสร็จ", required=False, choices=[("", "ทั้งหมด"), ("1", "เฉพาะที่เกินกำหนด")]
    )

    def __init__(self, *args: Any, scheme: SizeScheme | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(step.number, f"{step.number} {step.short}") for step in all_steps()]
        others = [(FINISHED, "ครบทุกขั้น"), (UNOPENED, "ยังไม่เปิดรอบ"), (STOPPED, "เลิกหรือรวมแล้ว")]
        if scheme is None:  # without a scheme no school has a size
            del self.fields["size"]
        else:
            sizes = [(band.label, band.label) for band in scheme.bands.all()]
            self.set_choices("size", [("", "ทุกขนาด"), *sizes])
        self.set_choices("step", [("", "ทุกขั้น"), *steps, *others])
