"""Numbers of the rating scales, for templates that speak of them."""

from django import template

from supervision.criteria.scoring import WIDE_GAP

register = template.Library()


@register.simple_tag
def wide_gap_levels() -> int:
    """From how many levels between school and supervisor on the difference must be explained."""
    return WIDE_GAP
