"""Pages of the answer sheet as a browser without a script has them."""

import re


def html_form_data(html):
    """What a browser would send from the page as it stands."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', html, re.S)
    chosen = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)"\s+checked', html)
    return fields | dict(areas) | dict(chosen)
