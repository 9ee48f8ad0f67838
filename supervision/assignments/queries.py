from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from schools.core.thai import long_date
from schools.enums import Role
from schools.models import Appointment, Area, User
from schools.models.dated import not_over_q
from supervision.assignments.models import Duty, OfficialOrder, OrderOfficer, OrderSupersession


def officers_with_duties(order: OfficialOrder) -> list[OrderOfficer]:
    """The officers of an order in their sequence, each with duties and lines, in three queries."""
    duties = Duty.objects.select_related(
        *("work_group", "work", "cluster", "learning_area", "ended_by"),
        *("appointment__cluster", "appointment__school"),
    )
    officers = order.officers.select_related("user")
    return list(officers.prefetch_related(Prefetch("duties", duties), "duties__lines"))


def supersessions_of(order: OfficialOrder) -> list[OrderSupersession]:
    """What the order replaces, each with the order and the officers that it names."""
    rows = order.supersessions.select_related("superseded")
    return list(rows.prefetch_related("officers__user"))


def order_citation(order: OfficialOrder) -> str:
    """The order as another order names it: office, number and day."""
    office = Area.objects.values_list("name", flat=True).first() or ""
    day = f" ลงวันที่ {long_date(order.ordered_on)}" if order.ordered_on else ""
    return f"คำสั่ง{office} ที่ {order.number}{day}"


def replaceable_orders() -> QuerySet[OfficialOrder]:
    """Signed orders that no newer one has replaced as a whole."""
    return OfficialOrder.objects.signed().filter(ends_on=None)


def people_for_officer(officer: OrderOfficer, day: date) -> QuerySet[User]:
    """Whoever holds a position that day, but in no other entry of the order."""
    posts = Appointment.objects.in_force(day).exclude(role=Role.EXTERNAL_SYSTEM)
    people = User.objects.filter(is_active=True, pk__in=posts.values("user"))
    others = OrderOfficer.objects.filter(order=officer.order).exclude(pk=officer.pk)
    taken = others.exclude(user=None).values("user")
    return people.exclude(pk__in=taken).order_by("sort_key", "pk")


def lasting_duties(duties: QuerySet[Duty], day: date) -> QuerySet[Duty]:
    """Those of these duties that hold on the day or later."""
    return duties.filter(not_over_q(day), starts_on__isnull=False)


def orders_of_appointments(appointments: Iterable[Appointment], day: date) -> dict[int, str]:
    """By appointment the numbers of the orders whose duties rest on it that day; empty for none."""
    rows = Duty.objects.in_force(day).filter(appointment__in=list(appointments))
    found: dict[int, list[str]] = {}
    pairs = rows.order_by("starts_on", "pk").values_list("appointment", "officer__order__number")
    for appointment, number in pairs:
        numbers = found.setdefault(appointment, [])
        if number not in numbers:
            numbers.append(number)
    return {pk: ", ".join(numbers) for pk, numbers in found.items()}
