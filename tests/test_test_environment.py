"""The nets under all other tests hold."""

import socket

import pytest
from django.contrib.auth.models import Permission
from django.template import engines
from zeal import zeal_context
from zeal.errors import NPlusOneError


def test_a_misspelt_name_in_a_template_fails():
    template = engines["django"].from_string("{{ shcool.name }}")
    with pytest.raises(LookupError, match="shcool"):
        template.render({"school": None})


def test_the_network_is_off():
    with socket.socket() as outside, pytest.raises(PermissionError, match="network"):
        outside.connect(("192.0.2.1", 80))


@pytest.mark.django_db
def test_a_query_for_each_row_fails():
    with zeal_context(), pytest.raises(NPlusOneError):
        [permission.content_type.model for permission in Permission.objects.all()[:3]]
