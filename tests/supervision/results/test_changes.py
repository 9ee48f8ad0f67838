"""Changes of means from one term to another."""

from decimal import Decimal

import pytest

from supervision.criteria.scoring import signed_text
from supervision.results.changes import MeanChange


@pytest.mark.parametrize(
    ("difference", "text"),
    [("0.04", "+0.04"), ("-0.07", "−0.07"), ("0", "0.00"), ("-0.00", "0.00"), ("1.5", "+1.50")],
)
def test_a_difference_says_its_sign(difference, text):
    assert signed_text(Decimal(difference)) == text


def test_without_a_difference_there_is_no_text():
    assert signed_text(None) is None


def test_a_change_is_what_comes_after_less_what_was_before():
    change = MeanChange(before=Decimal("3.12"), after=Decimal("3.08"), schools=4)
    assert (change.difference, change.text) == (Decimal("-0.04"), "−0.04")
