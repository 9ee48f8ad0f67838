"""Step 5 of the showroom: certificates for the good practices of terms that are over."""

from datetime import timedelta

from django.utils import timezone

from reports.certificates.actions import issue_certificates
from reports.certificates.queries import next_certificate_number, practices_without_certificate
from schools.core.thai import be_year
from schools.models import Term
from supervision.demo.office_days import at_ten
from supervision.demo.showroom.people import ShowroomPeople

AWARDED_AFTER = timedelta(days=60)  # the term has closed, and its late visits too


def issue_term_certificates(term: Term, people: ShowroomPeople) -> None:
    """The area director signs those of a term on one day."""
    practices = list(practices_without_certificate().filter(round__term=term))
    with at_ten(term.closes_on + AWARDED_AFTER):
        today = timezone.localdate()
        number = next_certificate_number(be_year(today))
        issue_certificates(practices, by=people.office.area, given_on=today, first_number=number)
