"""Django's settings: one module for demonstration, tests and production, told apart by the environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from summitry.config.database.address import addresses
from summitry.config.home import home, private_file
from summitry.outbox.server import MailServer

PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = os.environ.get("SUMMITRY_DEBUG") == "1"
SECRET_KEY = os.environ.get("SUMMITRY_SECRET_KEY") or private_file("secret_key")
SUMMITRY_KEY = os.environ.get("SUMMITRY_KEY") or private_file(
    "data_key"
)  # seals the persons' keys in the ledger
SUMMITRY_SPECIMEN = os.environ.get("SUMMITRY_SPECIMEN") == "1"  # the design system on a page
SUMMITRY_LARGEST_FILE = int(os.environ.get("SUMMITRY_LARGEST_FILE_MB", "25")) * 1024 * 1024  # bytes
PUBLIC_URL = os.environ.get("SUMMITRY_URL", "")
ALLOWED_HOSTS = os.environ.get("SUMMITRY_HOSTS", "localhost 127.0.0.1 [::1]").split()
# What addresses in letters begin with, which no request tells.
SITE_URL = (PUBLIC_URL or f"http://localhost:{os.environ.get('PORT') or 8000}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
BEHIND_TLS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "summitry.world",
    "summitry.accounts",
    "summitry.ledger",
    "summitry.files",
    "summitry.outbox",
    "summitry.ui",
    "summitry.conferences",
    "summitry.bookings",
    "summitry.delegations",
    "summitry.programme",
    "summitry.interpretation",
    "summitry.bilaterals",
    "summitry.outcomes",
    "summitry.newsroom",
    "summitry.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "summitry.accounts.middleware.UsersLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "summitry.accounts.middleware.DenyUnlessGrantedMiddleware",
]

ROOT_URLCONF = "summitry.config.urls"
ASGI_APPLICATION = "summitry.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "summitry.ui.context.shell",
            ],
        },
    },
]

# Two roles on one database: the application's cannot change its structure (see config/database).
_ADDRESSES = addresses()
DATABASES = {
    "default": {**_ADDRESSES["application"].django(), "CONN_HEALTH_CHECKS": True},
    "owner": {**_ADDRESSES["owner"].django(), "TEST": {"MIRROR": "default"}},
}
if os.environ.get("SUMMITRY_POOL") == "1":
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 12, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "summitry.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are opened by the secretariat, never by signing up
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letter invites a stranger to sign up
ACCOUNT_LOGOUT_ON_GET = False
SOCIALACCOUNT_ADAPTER = "summitry.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9A-Za-z_-]{8}\.(js|css|woff2|svg)$"

# Mail goes to the server named, or into a folder; letters by the outbox, those of the log-in pages by Django's own way.
SUMMITRY_MAIL_URL = os.environ.get("SUMMITRY_MAIL_URL", "")  # smtps://user:password@host:port
DEFAULT_FROM_EMAIL = os.environ.get("SUMMITRY_MAIL_FROM") or (
    f"Summitry <no-reply@{urlsplit(PUBLIC_URL).hostname or 'localhost'}>"
)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = home() / "mail"
if SUMMITRY_MAIL_URL:
    _MAIL = MailServer.from_url(SUMMITRY_MAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.scheme == "smtps", _MAIL.scheme == "smtp+starttls"
    EMAIL_TIMEOUT = 30

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "style-src-attr": ["'unsafe-inline'"],  # positions on the board are numbers in style attributes
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "summitry_session"
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"summitry": {"level": "INFO"}},
}
