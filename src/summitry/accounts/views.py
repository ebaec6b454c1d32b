"""The page of one's own account; logging in and second factors are django-allauth's views."""

from __future__ import annotations

from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.accounts.access import actor, signed_in
from summitry.accounts.actions import change_own_account
from summitry.accounts.forms import ProfileForm
from summitry.accounts.models import User


@signed_in
def profile(request: HttpRequest) -> HttpResponseBase:
    """Show and change one's own account."""
    user = cast("User", request.user)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        change_own_account(user=user, by=actor(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account_profile")
    kinds = [authenticator.type for authenticator in Authenticator.objects.filter(user=user)]
    context = {
        "form": form,
        "account": user,
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
    }
    return render(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)
