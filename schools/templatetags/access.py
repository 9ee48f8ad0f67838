from django import template

from schools.access import Permission, can, has_to_use_second_factor

register = template.Library()


@register.simple_tag(takes_context=True)
def allowed(context: template.Context, permission: str, school_id: int | None = None) -> bool:
    """Whether the signed-in person may do this, at this school if one is given."""
    return can(context["request"].user, Permission(permission), school_id)


register.filter("has_to_use_second_factor", has_to_use_second_factor)
