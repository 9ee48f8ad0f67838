from django.http import HttpResponse


def register(request, **kwargs):
    return HttpResponse("placeholder")


def term_report_page(request, **kwargs):
    return HttpResponse("placeholder")


def year_report_page(request, **kwargs):
    return HttpResponse("placeholder")


def report_page(request, **kwargs):
    return HttpResponse("placeholder")


def report_file(request, **kwargs):
    return HttpResponse("placeholder")


def issue_report(request, **kwargs):
    return HttpResponse("placeholder")


def publish_report(request, **kwargs):
    return HttpResponse("placeholder")


def withdraw_report(request, **kwargs):
    return HttpResponse("placeholder")


def published_list(request, **kwargs):
    return HttpResponse("placeholder")


def published_page(request, **kwargs):
    return HttpResponse("placeholder")


def verify_page(request, **kwargs):
    return HttpResponse("placeholder")
