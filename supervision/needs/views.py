from django.http import HttpResponse


def survey_page(request, **kwargs):
    return HttpResponse("placeholder")


def submit_survey(request, **kwargs):
    return HttpResponse("placeholder")
