from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from schools.models import UnsavedPost


def unsaved_post(request: HttpRequest, pk: str) -> HttpResponse:
    """Give the words back: the person sends them again, or goes to the page without them."""
    post = get_object_or_404(UnsavedPost.objects.visible_to(request.user), pk=pk)
    return render(request, "schools/unsaved_post.html", {"post": post})


@require_POST
def unsaved_post_discard(request: HttpRequest, pk: str) -> HttpResponse:
    post = get_object_or_404(UnsavedPost.objects.visible_to(request.user), pk=pk)
    post.delete()
    messages.success(request, "ลบข้อความที่ยังไม่ได้บันทึกแล้ว")
    return redirect("home")
