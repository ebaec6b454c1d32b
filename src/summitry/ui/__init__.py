"""The design system: layout, components, tables, forms, htmx helpers. It knows no domain.

Templates begin with ``{% load ui %}`` and extend ``ui/base.html`` (working screens), ``ui/public_base.html``,
``ui/portal_base.html`` or ``ui/auth_base.html``. Every tag, block, class and table option is described in
``frontend/README.md``; every part is drawn, long and empty and mirrored, on the specimen (``/specimen/``).
"""
