from django.http import HttpResponse


def standards_page(request, **kwargs):
    return HttpResponse("placeholder")


def edit_step_sheet(request, **kwargs):
    return HttpResponse("placeholder")
