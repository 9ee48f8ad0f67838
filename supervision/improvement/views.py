from django.http import HttpResponse


def start_summary(request, **kwargs):
    return HttpResponse("placeholder")


def summary_page(request, **kwargs):
    return HttpResponse("placeholder")


def add_recommendation(request, **kwargs):
    return HttpResponse("placeholder")


def propose_summary(request, **kwargs):
    return HttpResponse("placeholder")


def agree_summary(request, **kwargs):
    return HttpResponse("placeholder")


def return_summary(request, **kwargs):
    return HttpResponse("placeholder")


def close_recommendation(request, **kwargs):
    return HttpResponse("placeholder")
