from django.http import HttpResponse


def open_term(request, **kwargs):
    return HttpResponse("placeholder")


def edit_deadlines(request, **kwargs):
    return HttpResponse("placeholder")


def choose_criteria(request, **kwargs):
    return HttpResponse("placeholder")
