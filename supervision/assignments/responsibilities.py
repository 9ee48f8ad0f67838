"""Who is responsible for what, from one day to another: by the duty of an order, or without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet

from schools.enums import Role
from schools.models import Appointment, User
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty, OfficialOrder
from supervision.assignments.models.orders import SIGNED_STATES
from supervision.assignments.spans import ALL_DAYS, DaySpan, shared_days

NO_ORDER, NO_ACCOUNT = "ยังไม่มีคำสั่ง", "ไม่มีบัญชีในพอร์ทัล"
# What an appointment alone makes its holder responsible for.
KINDS_OF_ROLES = {
    Role.SUPERVISOR: DutyKind.CLUSTER,
    Role.CLUSTER_CHAIR: DutyKind.CLUSTER_CHAIR,
    Role.WORK_GROUP_HEAD: DutyKind.WORK_GROUP_HEAD,
}


@dataclass(frozen=True)
class Responsibility:
    """What one officer is responsible for from one day to another, both inclusive.

    It comes from a duty, or from an appointment that no order names; of both at least one is
    there. `subject` is the cluster, work group, work or learning area; a head of a work group
    without an order has none.
    """

    kind: DutyKind
    subject: Model | None
    days: DaySpan
    user: User | None
    holder: str
    duty: Duty | None = None
    appointment: Appointment | None = None

    @property
    def post(self) -> str:
        """The officer's post, unless the name says it already; or that there is no account."""
        if self.user is None:
            return NO_ACCOUNT
        printed = self.duty.officer.printed_post if self.duty else ""
        post = self.appointment.printed_title if self.appointment else printed
        return "" if post in self.holder else post

    @property
    def order(self) -> OfficialOrder | None:
        return self.duty.officer.order if self.duty else None

    @property
    def order_words(self) -> str:
        """The order by its number, or that there is none yet."""
        return str(self.order) if self.order else NO_ORDER

    @property
    def code(self) -> str:
        """The number of the duty in the annex; empty without an order."""
        return self.duty.code if self.duty else ""

    @property
    def holder_key(self) -> object:
        """The same for all that one officer is responsible for."""
        return self.user.pk if self.user else self.holder

    def is_in_force_on(self, day: date) -> bool:
        return self.days.contains(day)


def load_responsibilities(
    kinds: Sequence[DutyKind], *, within: DaySpan = ALL_DAYS
) -> list[Responsibility]:
    """Those of these kinds that hold on some of these days, by their beginning; two queries."""
    duties = Duty.objects.with_order().filter(
        kind__in=kinds, officer__order__state__in=SIGNED_STATES
    )
    found = [_by_duty(duty) for duty in duties]
    found += [_by_appointment(one) for one in _appointments_without_order(kinds)]
    held = [one for one in found if shared_days(one.days, within)]
    return sorted(held, key=lambda one: (one.days.first or date.min, one.holder, one.code))


def _appointments_without_order(kinds: Sequence[DutyKind]) -> QuerySet[Appointment]:
    """Those that no signed order names; a supervisor of no cluster is responsible for none."""
    roles = [role for role, kind in KINDS_OF_ROLES.items() if kind in kinds]
    named = Duty.objects.filter(officer__order__state__in=SIGNED_STATES).exclude(appointment=None)
    rows = Appointment.objects.filter(role__in=roles).exclude(pk__in=named.values("appointment"))
    rows = rows.exclude(role=Role.SUPERVISOR, cluster=None)
    return rows.select_related("user", "cluster", "school")


def _by_duty(duty: Duty) -> Responsibility:
    officer = duty.officer
    return Responsibility(
        kind=DutyKind(duty.kind),
        subject=duty.work or duty.work_group or duty.cluster or duty.learning_area,
        days=DaySpan(duty.starts_on, _last_day(duty)),
        user=officer.user,
        holder=str(officer.user or officer),
        duty=duty,
        appointment=duty.appointment,
    )


def _last_day(duty: Duty) -> date | None:
    """That of the duty, or of the appointment that gave its rights where that ended before."""
    appointment_ends = duty.appointment.ends_on if duty.appointment else None
    return min(filter(None, (duty.ends_on, appointment_ends)), default=None)


def _by_appointment(appointment: Appointment) -> Responsibility:
    return Responsibility(
        kind=KINDS_OF_ROLES[Role(appointment.role)],
        subject=appointment.cluster,
        days=DaySpan(appointment.starts_on, appointment.ends_on),
        user=appointment.user,
        holder=str(appointment.user),
        appointment=appointment,
    )
