"""The addresses of all pages."""

from __future__ import annotations

from django.urls import path

from foedus.web import errors, log_files, statics, views
from foedus.web.api import api, page

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed

urlpatterns = [
    path("", views.home),
    path("static/<str:name>", statics.static),
    path("favicon.ico", statics.icon),
    path("api/openapi.json", api.document),
    path("api/", page.page),
    path("api/", api.made().urls),
    path("<str:org>/log/<path:name>", log_files.file),
    path("<str:org>/", views.overview),
    path("<str:org>/members/", views.members),
    path("<str:org>/state/<str:state>/", views.state),
    path("<str:org>/person/<str:person>/", views.person),
    path("<str:org>/offices/", views.offices),
    path("<str:org>/organs/", views.organs),
    path("<str:org>/bodies/", views.bodies),
    path("<str:org>/requests/", views.requests),
    path("<str:org>/request/<path:request_id>/", views.request),
    path("<str:org>/topics/", views.topics),
    path("<str:org>/topic/<str:topic>/", views.topic),
    path("<str:org>/sources/", views.sources),
    path("<str:org>/source/<str:source>/", views.source),
    path("<str:org>/search/", views.search),
    path("<str:org>/office/<str:office>/", views.office),
    path("<str:org>/organ/<str:organ>/", views.organ),
    path("<str:org>/sessions/", views.sessions),
    path("<str:org>/session/<path:session>/", views.session),
    path("<str:org>/decisions/", views.decisions),
    path("<str:org>/decision/<path:decision>/", views.decision),
    path("<str:org>/decide/", views.decide),
    path("<str:org>/laboratory/", views.laboratory),
    path("<str:org>/power/", views.power),
    path("<str:org>/charter/", views.charter),
    path("<str:org>/article/<str:instrument>/<str:number>/", views.article),
    path("<str:org>/readings/", views.readings),
    path("<str:org>/findings/", views.findings),
    path("<str:org>/record/", views.record),
    path("<str:org>/register/", views.register),
    path("<str:org>/register/<str:index>/", views.entry),
    path("<str:org>/register/<str:index>/proof", views.proof),
]
