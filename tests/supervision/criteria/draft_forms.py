"""How the pages of a draft are filled in and sent."""

from supervision.criteria.models import Indicator


def indicator_of(draft, code="1.1"):
    return Indicator.objects.get(standard__indicator_set=draft, code=code)


def page_form_values(page):
    """What the page's form would send back untouched."""
    form = page.context["form"]
    values = {box.html_name: box.value() for box in form}
    return {name: "" if v is None else v for name, v in values.items() if v is not False}


def submit_form(client, url, **change):
    return client.post(url, page_form_values(client.get(url)) | change)
