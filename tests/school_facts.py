"""Rows of circumstances, projects, teachers wanted and policies for tests."""

import factory
from django.utils import timezone

from schools.core.thai import fiscal_year
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.focus.enums import PolicyOrigin
from supervision.profiles.models import (
    Circumstance,
    PolicyFocus,
    ProjectKind,
    SchoolProject,
    TeacherWanted,
)
from tests.factories import LONG_AGO, SchoolFactory, UserFactory


class SchoolFactFactory(factory.django.DjangoModelFactory):
    """What every fact of a school has; it was checked today."""

    class Meta:
        abstract = True

    school = factory.SubFactory(SchoolFactory)
    starts_on = LONG_AGO
    source = "ข้อมูลของโรงเรียน"
    checked_on = factory.LazyFunction(timezone.localdate)
    checked_by = factory.SubFactory(UserFactory)


class CircumstanceFactory(SchoolFactFactory):
    class Meta:
        model = Circumstance

    kind = CircumstanceKind.DLTV


class ProjectKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProjectKind

    name = factory.Sequence(lambda n: f"โครงการทดสอบ {n}")


class SchoolProjectFactory(SchoolFactFactory):
    class Meta:
        model = SchoolProject

    kind = factory.SubFactory(ProjectKindFactory)


class TeacherWantedFactory(SchoolFactFactory):
    class Meta:
        model = TeacherWanted

    subject_text = "ภาษาอังกฤษ"


class PolicyFocusFactory(factory.django.DjangoModelFactory):
    """A policy of the fiscal year of today."""

    class Meta:
        model = PolicyFocus

    fiscal_year = factory.LazyFunction(lambda: fiscal_year(timezone.localdate()))
    origin = PolicyOrigin.OBEC
    text = factory.Sequence(lambda n: f"จุดเน้นทดสอบ {n}")
    source = "ประกาศทดสอบ"
