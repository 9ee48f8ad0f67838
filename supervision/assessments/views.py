from django.http import HttpResponse


def start_assessment(request, **kwargs):
    return HttpResponse("placeholder")


def assessment_page(request, **kwargs):
    return HttpResponse("placeholder")


def confirm_assessment(request, **kwargs):
    return HttpResponse("placeholder")


def return_assessment(request, **kwargs):
    return HttpResponse("placeholder")


def sheet_page(request, **kwargs):
    return HttpResponse("placeholder")


def standard_page(request, **kwargs):
    return HttpResponse("placeholder")


def save_edits(request, **kwargs):
    return HttpResponse("placeholder")


def texts_page(request, **kwargs):
    return HttpResponse("placeholder")
