"""Forms in the house's look: ``{% field form.name %}`` for one field, ``{% form_fields form %}`` for all of them.

Any Django form is drawn so; this module holds what Django's forms lack.
"""

from __future__ import annotations

from django.forms import BaseForm


def focus_first_error(form: BaseForm) -> None:
    """Put the cursor into the first field that is wrong; call it when a form is shown again with its errors."""
    for bound in form.visible_fields():
        if bound.errors:
            bound.field.widget.attrs["autofocus"] = True
            return
