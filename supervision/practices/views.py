from django.http import HttpResponse


def decision_page(request, **kwargs):
    return HttpResponse("placeholder")


def nominate_practice(request, **kwargs):
    return HttpResponse("placeholder")


def practice_page(request, **kwargs):
    return HttpResponse("placeholder")


def select_practice(request, **kwargs):
    return HttpResponse("placeholder")
