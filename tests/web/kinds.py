"""One page of every kind at least: what is asked of every page is asked of these."""

from __future__ import annotations

PAGES = (
    "/csto/",
    "/csto/members/",
    "/csto/state/ARM/",
    "/csto/state/UZB/",
    "/csto/state/AZE/",
    "/csto/person/nikol-pashinyan/",
    "/csto/person/stanislav-zas/",
    "/csto/offices/",
    "/csto/office/chairman/",
    "/csto/office/secretary-general/",
    "/csto/organs/",
    "/csto/organ/council/",
    "/csto/organ/secretariat/",
    "/csto/sessions/",
    "/csto/session/2022-11-23/yerevan/",
    "/csto/session/2016-12-26/st-petersburg/",
    "/csto/charter/",
    "/csto/article/charter/13/",
    "/csto/article/charter/18/",
    "/csto/article/treaty/4/",
    "/csto/findings/",
    "/csto/record/",
    "/csto/search/",
    "/tiny/",
    "/tiny/members/",
    "/tiny/state/ARM/",
    "/tiny/office/chairman/",
    "/tiny/session/second/",
)
