"""The tags of the design system: ``{% load ui %}``. All are listed with examples in ``frontend/README.md``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final, Protocol

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template import Context
from django.template.loader import get_template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from summitry.ui import assets
from summitry.ui.components import Chapter, Count, DayLine, EmptyState, Need, Progress
from summitry.ui.rosette import SIZE
from summitry.ui.rosette import rosette as draw_rosette
from summitry.ui.tables.columns import NOTHING
from summitry.ui.tables.shown import ShownCell, ShownFilter, ShownRow

register = template.Library()

_EARLY_FONTS: Final = (
    "source-sans-3-latin-wght-normal.woff2",
    "source-serif-4-latin-opsz-normal.woff2",
)
_SOLID: Final = frozenset(
    {"pin", "lock", "delta", "bang", "triangle", "diamond", "caret", "tick", "cross", "dot"}
)
_MIRRORED: Final = frozenset({"next", "previous", "external", "logout"})


class Displayed(Protocol):
    """What ``{% entity %}`` draws: :class:`summitry.world.rules.naming.DisplayName` has it all."""

    @property
    def short(self) -> str:
        """The name."""

    @property
    def language(self) -> str:
        """The language the name is really in."""

    @property
    def footnote(self) -> str:
        """The footnote that belongs to it, or nothing."""

    @property
    def flag(self) -> str | None:
        """The code of the flag, none where the edition's policy shows none."""


@register.simple_tag
def vite_asset(name: str) -> SafeString:
    """Link an entry of the build: its styles, its script, and the two fonts every page begins with."""
    sheets, script = assets.entry(name)
    fonts = format_html_join(
        "\n",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((assets.font(file),) for file in _EARLY_FONTS),
    )
    styles = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))
    return format_html('{}\n{}\n<script type="module" src="{}"></script>', fonts, styles, script)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, so a word must stand beside it or in an ``aria-label``."""
    return _icon(str(name), str(css))


@lru_cache(maxsize=256, typed=True)  # what is marked as safe is another key
def _icon(name: str, css: str) -> SafeString:
    kind = "g" if name in _SOLID else "icon turns" if name in _MIRRORED else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', f"{kind} {css}".strip(), name
    )


@register.simple_tag
def flag(code: str | None, name: str, size: str = "", url: str = "") -> SafeString:
    """Draw a flag with its name; the name alone where there is no flag. `size`: ``""``, ``"m"`` or ``"l"``."""
    words = format_html('<a href="{}">{}</a>', url, name) if url else format_html("<span>{}</span>", name)
    return format_html('<span class="entity">{}{}</span>', _flag_image(code, size), words)


@register.simple_tag
def flag_image(code: str | None, size: str = "") -> SafeString | str:
    """Draw a flag where its name stands beside it already (a heading, a card of the board)."""
    return _flag_image(code, size)


@register.simple_tag
def entity(display: Displayed | None, size: str = "", url: str = "") -> SafeString:
    """Draw an entity as its edition names it: flag if allowed, name, footnote mark."""
    if display is None:
        return format_html('<span class="muted">{}</span>', NOTHING)
    language = (get_language() or "en").partition("-")[0]
    tongue = "" if display.language == language else display.language
    name = _name(str(display.short), tongue, str(display.footnote))
    words = format_html('<a href="{}">{}</a>', url, name) if url else format_html("<span>{}</span>", name)
    return format_html('<span class="entity">{}{}</span>', _flag_image(display.flag, size), words)


@lru_cache(maxsize=1024, typed=True)  # what is marked as safe is another key
def _name(short: str, language: str, footnote: str) -> SafeString:
    tongue = format_html(' lang="{}"', language) if language else ""
    mark: SafeString | str = ""
    if footnote:
        mark = format_html('<sup title="{}">*</sup><span class="vh"> ({})</span>', footnote, footnote)
    return format_html("<bdi{}>{}</bdi>{}", tongue, short, mark)


def _flag_image(code: str | None, size: str) -> SafeString | str:
    address = assets.flag_url(code)
    return "" if address is None else _image(address, size)


@lru_cache(maxsize=1024, typed=True)  # what is marked as safe is another key
def _image(address: str, size: str) -> SafeString:
    return format_html(
        '<img class="{}" src="{}" alt="" width="{}" height="{}" loading="lazy" decoding="async">',
        f"flag {size}".strip(),
        address,
        *{"": (14, 10), "m": (20, 14), "l": (24, 17)}[size],
    )


@register.simple_tag
def number(value: int | None, url: str = "") -> SafeString:
    """Draw a number that leads to the rows behind it (plain where it leads nowhere)."""
    shown = NOTHING if value is None else localize(value)
    if not url or value is None:
        return format_html("<b>{}</b>", shown)
    return format_html('<a class="n" href="{}">{}</a>', url, shown)


@register.simple_tag
def chip(text: str, level: str = "") -> SafeString:
    """Draw a state in a word. `level`: ``""``, ``done``, ``accent``, ``amber``, ``red``, ``out``, ``plain``."""
    return _chip(str(text), str(level))


@lru_cache(maxsize=1024, typed=True)  # what is marked as safe is another key
def _chip(text: str, level: str) -> SafeString:
    mark = {"amber": icon("diamond"), "red": icon("triangle"), "done": icon("tick")}.get(level, "")
    return format_html('<span class="{}">{}{}</span>', f"chip {level}".strip(), mark, text)


@register.inclusion_tag("ui/parts/readiness.html")
def readiness(chapters: Sequence[Chapter]) -> dict[str, object]:
    """Draw the readiness: chapters and their stages."""
    return {"chapters": chapters}


@register.inclusion_tag("ui/parts/needs.html")
def needs(items: Sequence[Need]) -> dict[str, object]:
    """Draw what needs a person now."""
    return {"items": items}


@register.inclusion_tag("ui/parts/tally.html")
def tally(counts: Sequence[Count]) -> dict[str, object]:
    """Draw counts with their bars."""
    return {"counts": counts}


@register.inclusion_tag("ui/parts/day_line.html")
def day_line(line: DayLine) -> dict[str, object]:
    """Draw today's line."""
    return {"line": line}


@register.inclusion_tag("ui/parts/empty.html")
def empty_state(
    title: str | EmptyState, text: str = "", action: str = "", url: str = "", *, small: bool = False
) -> dict[str, object]:
    """Say what will be here, and what to do first."""
    state = (
        title
        if isinstance(title, EmptyState)
        else EmptyState(title=str(title), text=text, action=action, url=url, small=small)
    )
    return {"state": state}


@register.inclusion_tag("ui/parts/progress.html", takes_context=True)
def progress(context: Context, work: Progress) -> dict[str, object]:
    """Draw a running piece of work, followed until it ends."""
    return {"work": work, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/parts/rosette.html", name="rosette")
def rosette_tag(edition: int | None, css: str = "") -> dict[str, object]:
    """Draw an edition's rosette; ``None`` draws the house's own."""
    return {
        "rings": draw_rosette(edition or 0),
        "css": css,
        "size": f"{-SIZE:g} {-SIZE:g} {2 * SIZE:g} {2 * SIZE:g}",
    }


@register.inclusion_tag("ui/forms/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, object]:
    """Draw a form's field: label, hint, widget, and what is wrong beside it."""
    widget = bound.field.widget
    kind = "choices" if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else "field"
    return {
        "field": bound,
        "kind": "check" if isinstance(widget, CheckboxInput) else kind,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
    }


@register.inclusion_tag("ui/forms/wrong.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """List all that is wrong with a form, each with the way to its field."""
    fields = [(bound, error) for bound in form if not bound.is_hidden for error in bound.errors]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"fields": fields, "others": [*form.non_field_errors(), *hidden]}


@register.inclusion_tag("ui/forms/form.html", takes_context=True)
def form_fields(context: Context, form: BaseForm) -> dict[str, object]:
    """Draw a whole form's inside: summary of errors, hidden fields, all visible fields in order."""
    return {"form": form, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/table.html", takes_context=True)
def table(context: Context, table: object) -> dict[str, object]:
    """Draw a :class:`summitry.ui.tables.Table` with its filters, pager and exports."""
    inherited = {str(name): value for name, value in context.flatten().items()}
    return inherited | {"table": table}


@register.simple_tag(takes_context=True)
def cells(context: Context, row: ShownRow) -> SafeString:
    """Draw the cells of a table's row; written out here, because a page has hundreds of them."""
    return SafeString("\n  ".join(_cell(context, row, cell) for cell in row.cells))


def _cell(context: Context, row: ShownRow, cell: ShownCell) -> str:
    if cell.template:
        drawn: Any = get_template(cell.template)  # kept by the cached loader
        with context.push(row=row.record, value=cell.value, url=cell.url):
            inside = drawn.template.render(context)
    elif cell.url:
        inside = f'<a href="{conditional_escape(cell.url)}">{conditional_escape(cell.text)}</a>'
    else:
        inside = conditional_escape(cell.text)
    css = f' class="{escape(cell.css)}"' if cell.css else ""
    return f'<td{css} data-label="{escape(str(cell.label))}">{inside}</td>'


@register.simple_tag
def options(shown: ShownFilter) -> SafeString:
    """Draw what a table's filter has to choose from."""
    chosen = str(shown.value)
    return SafeString(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(str(label))}</option>'
            for value, label in shown.options
        )
    )


@register.simple_tag
def sprite() -> SafeString:
    """Place the icons' drawings, once at the start of a page (the base templates do)."""
    return mark_safe(str(get_template("ui/parts/sprite.svg").render()))  # noqa: S308 - our own file
