"""Users and what they are granted."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from summitry.records.models import Record


class Role(models.TextChoices):
    """What somebody does in an edition (the rows of the design's "who it is for")."""

    ADMINISTRATOR = "administrator", _("Administrator")
    SECRETARIAT = "secretariat", _("Host secretariat")
    BILATERAL_DESK = "bilateral_desk", _("Bilateral desk")
    PROTOCOL = "protocol", _("Protocol")
    ACCREDITATION = "accreditation", _("Accreditation and security")
    INTERPRETATION = "interpretation", _("Interpretation coordinator")
    FOCAL_POINT = "focal_point", _("Delegation focal point")
    DELEGATE = "delegate", _("Delegate")
    PRESS = "press", _("Press officer")
    FOLLOW_UP = "follow_up", _("Follow-up officer")


#: Roles that belong to one delegation and must never see another's.
DELEGATION_ROLES = frozenset({Role.FOCAL_POINT, Role.DELEGATE})
#: Roles of the host's own staff.
HOST_ROLES = frozenset(Role) - DELEGATION_ROLES


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is kept in lower case, so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Make a user who can log in with `password` (none: only by another means)."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a user by address, however it is capitalised."""
        return self.get(email=(username or "").strip().lower())


class User(Record, AbstractBaseUser):
    """Somebody who can log in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now(), editable=False)
    # Part of what every session is checked against: raising it ends them all.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")), name="user_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session is checked against: the password, and how often all sessions were ended."""
        salt = "summitry.accounts.models.User"
        return salted_hmac(
            salt, f"{self.password}{self.sessions_ended}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Grant(Record):
    """A role given to a user: everywhere, in one edition, or for one delegation of it.

    The scope is kept as numbers because this floor lies below editions and delegations;
    their own migrations add the foreign keys.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    edition_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    delegation_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "edition_id", "delegation_id"],
                nulls_distinct=False,
                name="grant_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    role__in=sorted(DELEGATION_ROLES), edition_id__isnull=False, delegation_id__isnull=False
                )
                | (~models.Q(role__in=sorted(DELEGATION_ROLES)) & models.Q(delegation_id__isnull=True)),
                name="grant_delegation_role_has_delegation",
            ),
            models.CheckConstraint(
                condition=models.Q(edition_id__isnull=False) | models.Q(role=Role.ADMINISTRATOR),
                name="grant_everywhere_is_administrator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class AccessLink(Record):
    """A link in a letter that allows its reader one thing with one record, without logging in.

    Of the secret in it only a hash is kept, which covers what the link is for, so that a
    row cannot be turned to another purpose.

    Attributes
    ----------
    purpose
        The one verb that it allows: ``"report_progress"``.
    target_type, target_id
        The one record: its model's label and public id.
    recipient_id
        Public id of the person to whom it was sent.
    edition_id
        As a number, because this floor lies below editions; their own migrations add the foreign key.
    most_uses
        How often it can be used; none: until it expires.
    recent_since, recent_uses
        How often it was used within the hour that began then.
    """

    purpose = models.CharField(max_length=80)
    target_type = models.CharField(max_length=80)
    target_id = models.UUIDField()
    recipient_id = models.UUIDField(db_index=True)
    edition_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    secret_hash = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)
    recent_since = models.DateTimeField(null=True)
    recent_uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_uses=None) | models.Q(uses__lte=models.F("most_uses")),
                name="link_used_no_more_than_allowed",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="link_expires_later"
            ),
        ]
        indexes = [models.Index(fields=["target_id", "purpose"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.target_type}"
