"""How a person sends a page's form: as the page offers it, with some boxes typed anew."""

from datetime import date

from schools.core.thai import numeric_date


def page_form_data(client, url, **typed):
    """What the page would send now; sent later, it tells what had been seen."""
    boxes = {box.html_name: box.value() for box in client.get(url).context["form"]}
    sent = {name: value for name, value in boxes.items() if value is not None} | typed
    return {k: numeric_date(v) if isinstance(v, date) else v for k, v in sent.items()}
