"""Members of a network: added, put right, ended."""

from functools import partial

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.forms import lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.programmes.models.networks import Network, NetworkMember
from supervision.programmes.networks import actions
from supervision.programmes.networks.forms import EndForm, NetworkMemberForm


def network_member_add(request: SignedInRequest, pk: int) -> HttpResponse:
    network = get_object_or_404(Network, pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    return _edit(request, NetworkMember(network=network))


@transaction.atomic
def network_member_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = lock_rows_on_post(request, NetworkMember.objects)
    member = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    return _edit(request, member)


def _edit(request: SignedInRequest, member: NetworkMember) -> HttpResponse:
    form = NetworkMemberForm(post_data(request), instance=member)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_member(form.instance, by=request.user, fields=form.cleaned_data)
            done = f"บันทึก{form.instance} แล้ว"
            return redirect_with_message(request, done, member.network)
    context = {
        "form": form,
        "title": "แก้ไขสมาชิกเครือข่าย" if member.pk else "เพิ่มสมาชิกเครือข่าย",
        "lead": "ใส่ตำแหน่งและสังกัดเท่านั้น ไม่ใส่ชื่อบุคคล เบอร์โทรศัพท์ หรืออีเมล",
        "back_url": member.network.get_absolute_url(),
        "back_label": str(member.network),
    }
    return render(request, "programmes/networks/edit.html", context)


def network_member_end(request: SignedInRequest, pk: int) -> HttpResponse:
    members = NetworkMember.objects.select_related("network", "school")
    member = get_object_or_404(members, pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    return confirm_action(
        request,
        partial(actions.end_dated_row, member, by=request.user),
        form=EndForm(post_data(request), initial={"ends_on": timezone.localdate()}),
        success_message="บันทึกการพ้นจากเครือข่ายแล้ว",
        heading=f"{member} พ้นจากเครือข่าย",
        effects=["ไม่แสดงในหน้าค้นหาผู้ช่วยเหลืออีก ข้อมูลเดิมและเหตุผลเก็บไว้ดูย้อนหลังได้"],
        submit_label="บันทึกการพ้น",
        cancel_url=member.network.get_absolute_url(),
        danger=True,
    )
