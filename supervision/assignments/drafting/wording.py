"""The words in which orders give duties, proposed where the drafter leaves the text empty."""

from typing import Any

from django.utils import timezone

from schools.models import Cluster, ClusterMembership
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty


def usual_duty_text(duty: Duty) -> str:
    """The words in which orders give such a duty."""
    texts = {
        DutyKind.WORK_GROUP_HEAD: f"ปฏิบัติหน้าที่หัวหน้า{_name(duty.work_group)}",
        DutyKind.WORK_GROUP_ASSISTANT: f"ปฏิบัติหน้าที่ช่วยหัวหน้า{_name(duty.work_group)}",
        DutyKind.WORK: _name(duty.work),
        DutyKind.CLUSTER: _cluster_text(duty.cluster),
        DutyKind.LEARNING_AREA: f"หัวหน้ากลุ่มสาระการเรียนรู้{_name(duty.learning_area)}",
        DutyKind.PROJECT: duty.project,
        DutyKind.AREA_COMMITTEE: "กรรมการ ก.ต.ป.น.",
        DutyKind.SUBCOMMITTEE: f"อนุกรรมการ อ.ก.ต.ป.น. {_name(duty.cluster)}",
        DutyKind.CLUSTER_CHAIR: f"ประธาน{_name(duty.cluster)}",
        DutyKind.COMMITTEE: duty.committee_name,
    }
    return texts.get(DutyKind(duty.kind), "")


def _name(row: Any) -> str:
    return str(row.name) if row else ""


def _cluster_text(cluster: Cluster | None) -> str:
    """The cluster with the number of its schools today, as orders have it."""
    if cluster is None:
        return ""
    members = ClusterMembership.objects.in_force(timezone.localdate()).filter(cluster=cluster)
    return f"{cluster.name} จำนวน {members.count()} โรงเรียน"
