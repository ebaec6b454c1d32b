"""How django-allauth behaves in this house: nobody signs up, accounts are opened by the secretariat."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Password log-in for accounts that exist."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 the adapter's signature
        """Tell that nobody may sign up."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """OpenID Connect for accounts that exist."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002 the adapter's signature
        """Tell that an unknown identity opens no account."""
        return False
