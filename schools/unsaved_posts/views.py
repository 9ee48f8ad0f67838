from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from schools.core.http import SignedInRequest
from schools.models import UnsavedPost
from schools.unsaved_posts.actions import discard_unsaved_post


def unsaved_post(request: SignedInRequest, pk: str) -> HttpResponse:
    """Show what was typed: the person sends it again, or goes to the page without it."""
    post = get_object_or_404(UnsavedPost.objects.visible_to(request.user), pk=pk)
    return render(request, "schools/unsaved_post.html", {"post": post})


@require_POST
def unsaved_post_discard(request: SignedInRequest, pk: str) -> HttpResponse:
    post = get_object_or_404(UnsavedPost.objects.visible_to(request.user), pk=pk)
    discard_unsaved_post(post)
    messages.success(request, "ลบข้อความที่ยังไม่ได้บันทึกแล้ว")
    return redirect("home")
