from django.http import HttpResponse


def criteria_list(request, **kwargs):
    return HttpResponse("placeholder")


def indicator_set_page(request, **kwargs):
    return HttpResponse("placeholder")


def submit_set(request, **kwargs):
    return HttpResponse("placeholder")


def return_set(request, **kwargs):
    return HttpResponse("placeholder")


def endorse_set(request, **kwargs):
    return HttpResponse("placeholder")


def retire_set(request, **kwargs):
    return HttpResponse("placeholder")
