from django.db import models

from supervision.workflow.enums import TransitionAction


class OrderState(models.TextChoices):
    """How far an order of the office has come; each is of one day, and ends by its dates."""

    DRAFT = "draft", "ร่าง"
    ISSUED = "issued", "ลงนามแล้ว"
    SUPERSEDED = "superseded", "มีคำสั่งใหม่แทนแล้ว"


class OrderAction(TransitionAction):
    """What can be done with an order; what follows its signature keeps its text as it is."""

    DRAFT = "draft"
    COPY = "copy"
    REVISE = "revise"
    UPDATE = "update"
    DELETE = "delete"
    ISSUE = "issue"
    SUPERSEDE = "supersede"
    SUPERSEDE_OFFICERS = "supersede_officers"
    END_DUTIES = "end_duties"
    END_DUTIES_OF_SUPERSEDED = "end_duties_of_superseded"
    FILE_SCAN = "file_scan"
    FILE_SCAN_OF_SUPERSEDED = "file_scan_of_superseded"


class DutyKind(models.TextChoices):
    """What a numbered duty of an order's annex is about; some of them open rights in the portal."""

    WORK_GROUP_HEAD = "work_group_head", "หัวหน้ากลุ่มงาน"
    WORK_GROUP_ASSISTANT = "work_group_assistant", "ผู้ช่วยหัวหน้ากลุ่มงาน"
    WORK = "work", "งานของกลุ่มงาน"
    CLUSTER = "cluster", "ศึกษานิเทศก์ประจำกลุ่มโรงเรียน"
    LEARNING_AREA = "learning_area", "กลุ่มสาระการเรียนรู้"
    PROJECT = "project", "โครงการ"
    AREA_COMMITTEE = "area_committee", "กรรมการ ก.ต.ป.น."
    SUBCOMMITTEE = "subcommittee", "อนุกรรมการ อ.ก.ต.ป.น."
    CLUSTER_CHAIR = "cluster_chair", "ประธานกลุ่มโรงเรียน"
    COMMITTEE = "committee", "คณะกรรมการหรือคณะทำงานอื่น"
    OTHER = "other", "หน้าที่อื่น"
