"""The drafts of a term's summary say what its tables say, and no more."""

import pytest

from reports.composer.enums import PartKey
from reports.composer.markup import number_warnings
from reports.composer.queries import composition_of_term
from reports.composer.sources import load_text_sources, text_sources
from reports.data.summary import summary_report
from tests.reports.conftest import printed_text


def draft(figures, key: PartKey) -> str:
    sources = text_sources(figures)
    assert not number_warnings(sources.drafts[key], sources.values)
    return printed_text(sources.drafts[key], sources.values)


def test_the_summary_of_a_cluster_names_it_and_counts_its_schools(agreed, cluster):
    figures = summary_report(agreed.term, cluster)
    text = draft(figures, PartKey.EXECUTIVE)
    assert text.startswith(f"{cluster.name} ภาคเรียนที่ {agreed.term} เปิดรอบการนิเทศ 1 โรงเรียน")
    assert "ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียนมี 1 ข้อ" in text
    assert "ยังไม่ครบทุกขั้น 1 โรงเรียน" in draft(figures, PartKey.NEXT_STEPS)
    assert "1 จาก 1 โรงเรียน ที่เปิดรอบ" in draft(figures, PartKey.DISCUSSION)


def test_changes_are_told_of_the_term_before(agreed):
    figures = summary_report(agreed.term)
    row = {"level": "", "number": 1, "name": "ก", "before": "3.00", "after": "3.50"}
    together = row | {"number": 0, "name": "ทุกมาตรฐานรวมกัน"}
    figures |= {"previous": "1/2569", "compared": [row, together]}
    text = draft(figures, PartKey.DISCUSSION)
    assert "เมื่อเปรียบเทียบกับภาคเรียนที่ 1/2569 ค่าเฉลี่ยเพิ่มขึ้น 1 มาตรฐาน" in text
    assert "(เพิ่มขึ้น 0.50)" in text
    assert "รวมกัน" not in text


def test_an_empty_term_claims_nothing(term):
    figures = summary_report(term)
    assert draft(figures, PartKey.EXECUTIVE).endswith("ยังไม่มีรอบการนิเทศ")
    assert "ยังไม่มีผลให้อภิปราย" in draft(figures, PartKey.DISCUSSION)
    assert draft(figures, PartKey.PROPOSALS) == draft(figures, PartKey.NEXT_STEPS) == ""


@pytest.mark.parametrize("of_cluster", [False, True])
def test_texts_of_a_summary_come_from_its_figures(agreed, cluster, of_cluster):
    place = cluster if of_cluster else None
    loaded = load_text_sources(composition_of_term(agreed.term, place))
    assert loaded.values == text_sources(summary_report(agreed.term, place)).values
