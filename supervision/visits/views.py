from django.http import HttpResponse


def plan_visit(request, **kwargs):
    return HttpResponse("placeholder")


def visit_page(request, **kwargs):
    return HttpResponse("placeholder")


def start_record(request, **kwargs):
    return HttpResponse("placeholder")


def sign_visit(request, **kwargs):
    return HttpResponse("placeholder")


def acknowledge_visit(request, **kwargs):
    return HttpResponse("placeholder")
