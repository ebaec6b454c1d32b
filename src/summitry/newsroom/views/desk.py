"""The newsroom's desk: releases, one of them sentence by sentence, what is kept for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, allowed, visible
from summitry.conferences.access import edition_view
from summitry.conferences.models import Edition
from summitry.formats.news import news_docx, ninjs
from summitry.newsroom import actions, items, queries, words
from summitry.newsroom.access import DESKS
from summitry.newsroom.facts import gather
from summitry.newsroom.forms import (
    AddForm,
    CorrectForm,
    IssueForm,
    NewReleaseForm,
    ProfileForm,
    TermForm,
    WithdrawForm,
)
from summitry.newsroom.kinds import ReleaseState, Section, Standing, VersionState
from summitry.newsroom.models import PressProfile, Term
from summitry.newsroom.queries import Editor, Reviewed
from summitry.newsroom.views.common import (
    DOCX,
    NINJS,
    PDF,
    asked_language,
    download,
    offered,
    page,
    release_of,
    switch,
)
from summitry.records import RefusedError
from summitry.ui.forms import focus_first_error
from summitry.ui.htmx import go
from summitry.world.languages import base_code

_LEVELS = {
    ReleaseState.DRAFTED: "",
    ReleaseState.CLEARED: "accent",
    ReleaseState.EMBARGOED: "accent",
    ReleaseState.PUBLISHED: "done",
    ReleaseState.CORRECTED: "done",
    ReleaseState.WITHDRAWN: "out",
}


@edition_view(*DESKS)
def release_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show the releases of an edition, and begin another."""
    form = NewReleaseForm(request.POST or None)
    who = actor(request)
    if form.is_bound and form.is_valid():
        try:
            made = actions.draft_release(edition=edition, by=who, **form.cleaned_data)
        except RefusedError as error:
            form.refuse(error)
        else:
            return go(request, page(edition, "release", made.slug), told=_("Drafted from the record."))
    if form.is_bound:
        focus_first_error(form)
    language = base_code(get_language() or "en")
    rows = queries.release_rows(edition=edition, who=who, facts=gather(edition), language=language)
    context = {
        "edition": edition,
        "rows": [(row, row.state.label, _LEVELS[row.state]) for row in rows],
        "form": form,
    }
    return render(request, "newsroom/list.html", context, status=422 if form.is_bound else 200)


@edition_view(*DESKS)
def release_page(request: HttpRequest, edition: Edition, release: str) -> HttpResponseBase:
    """Show a version sentence by sentence, each beside what it rests on."""
    return editor_page(request, edition, release)


def editor_page(
    request: HttpRequest,
    edition: Edition,
    slug: str,
    *,
    forms: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Draw the editor, with forms that were refused where there are any."""
    found = release_of(request, edition, slug)
    languages = offered(edition)
    language = asked_language(request, languages)
    who = actor(request)
    number = request.GET.get("version", "")
    editor = queries.editor(
        release=found,
        who=who,
        facts=gather(edition),
        language=language,
        number=int(number) if number.isdecimal() else None,
    )
    if editor is None:
        raise Http404
    headline = next(
        (one.sentence.text for one in editor.reviewed
         if one.sentence.section == Section.HEADLINE and not one.sentence.left_out),
        found.slug,
    )  # fmt: skip
    context = {
        "edition": edition,
        "release": found,
        "editor": editor,
        "version": editor.version,
        "headline": headline,
        "state": (editor.state.label, _LEVELS[editor.state]),
        "language": language,
        "languages": [
            (code, name, url, current, editor.stale.get(code, 0))
            for code, name, url, current in switch(request, languages, language)
        ],
        "sections": _sections(editor.reviewed),
        "stale": sum(editor.stale.values()),
        "steps": _steps(editor),
        "may_clear": allowed(who, "clear", found),
        "add_form": AddForm(),
        "issue_form": IssueForm(),
        "withdraw_form": WithdrawForm(),
        "correct_form": CorrectForm(languages=[code for code in languages if code in editor.stale]),
        **(forms or {}),
    }
    return render(request, "newsroom/release.html", context, status=status)


def _steps(editor: Editor) -> dict[str, bool]:
    """Return what can be done with the version shown."""
    newest = editor.version == editor.versions[0] and editor.state is not ReleaseState.WITHDRAWN
    state = editor.version.state
    out = editor.state in {ReleaseState.PUBLISHED, ReleaseState.CORRECTED}
    return {
        "write": newest and state == VersionState.DRAFTED,
        "cleared": newest and state == VersionState.CLEARED,
        "correct": newest and state == VersionState.ISSUED and out,
        "lift": newest and editor.state is ReleaseState.EMBARGOED,
        "withdraw": newest and state == VersionState.ISSUED,
    }


def _sections(reviewed: Sequence[Reviewed]) -> list[tuple[str, list[dict[str, object]]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for one in reviewed:
        label = str(Section(one.sentence.section).label)
        found.setdefault(label, []).append(
            {
                "sentence": one.sentence,
                "standing": one.standing,
                "is_gone": one.standing is Standing.GONE,
                "needs_somebody": one.needs_somebody,
                "would_read": one.would_read,
                "evidence": _rests(one),
            }
        )
    return list(found.items())


def _rests(one: Reviewed) -> list[dict[str, object]]:
    """Return what a sentence rests on, record by record, each with its values as they were and as they are."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for row, compared in one.evidence:
        group = found.setdefault(
            (row.model, row.record or row.field),
            {"row": row, "label": words.record_label(row), "values": [], "changed": False},
        )
        group["changed"] = group["changed"] or compared.changed
        group["values"].append(
            {
                "field": words.field_label(row.field) if row.model else "",
                "then": words.value_words(row.field, compared.then),
                "now": "" if compared.gone else words.value_words(row.field, compared.now),
                "changed": compared.changed,
                "gone": compared.gone,
            }
        )
    for group in found.values():
        if len(group["values"]) == 1 and not group["changed"]:
            group["values"][0]["field"] = ""  # the record's name says it
    return list(found.values())


@edition_view(*DESKS)
def paper(request: HttpRequest, edition: Edition, release: str, number: int, kind: str) -> HttpResponseBase:
    """Hand out a version as a file, with what may be done with it written over it."""
    found = release_of(request, edition, release)
    version = found.versions.filter(number=number).first()
    if version is None or kind not in {"pdf", "docx", "json"}:
        raise Http404
    version.release = found
    who = actor(request)
    language = asked_language(request, offered(edition))
    sentences = queries.sentences_of(version, who=who, language=language)
    url = request.build_absolute_uri(f"/{edition.slug}/news/{found.slug}/?language={language}")
    item = items.desk_item(edition, version, sentences, language=language, url=url)
    name = f"{found.slug}-{number}-{language}.{kind}"
    if kind == "pdf":
        return download(items.sheet(edition, item), kind=PDF, name=name)
    if kind == "docx":
        return download(news_docx(item), kind=DOCX, name=name)
    return download(ninjs(item), kind=NINJS, name=name)


@edition_view(*DESKS)
def profile(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Show and keep what every release says, and how terms are written."""
    who = actor(request)
    languages = offered(edition)
    kept = visible(who, PressProfile).filter(edition=edition).first()
    about_terms = request.method == "POST" and "text" in request.POST
    form = ProfileForm(
        request.POST if request.method == "POST" and not about_terms else None,
        languages=languages,
        initial=ProfileForm.values_of(kept),
    )
    term_form = TermForm(request.POST if about_terms else None, languages=[c for c in languages if c != "en"])
    for bound in (form, term_form):
        if not bound.is_bound or not bound.is_valid():
            continue
        try:
            if isinstance(bound, ProfileForm):
                actions.keep_profile(edition=edition, profile=bound.profile(), by=who)
            else:
                assert isinstance(bound, TermForm)
                actions.keep_terms(edition=edition, terms=bound.terms(), by=who)
        except RefusedError as error:
            bound.refuse(error)
        else:
            return go(request, page(edition, "profile"), told=_("Kept."))
    context = {
        "edition": edition,
        "form": form,
        "term_form": term_form,
        "terms": visible(who, Term).filter(edition=edition),
    }
    return render(request, "newsroom/profile.html", context, status=422 if request.method == "POST" else 200)
