"""Numbers of the needs survey (form 7.1), for templates that speak of them."""

from django import template

from supervision.needs.scoring import REVERSED_LEVEL_SUM

register = template.Library()


@register.simple_tag
def reversed_level_sum() -> int:
    """What a problem level is taken from to give the present state."""
    return REVERSED_LEVEL_SUM
