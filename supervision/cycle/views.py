from django.http import HttpResponse


def home(request, **kwargs):
    return HttpResponse("placeholder")


def board(request, **kwargs):
    return HttpResponse("placeholder")


def school_page(request, **kwargs):
    return HttpResponse("placeholder")


def round_page(request, **kwargs):
    return HttpResponse("placeholder")


def help_page(request, **kwargs):
    return HttpResponse("placeholder")
