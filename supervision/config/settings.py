"""All settings of the portal, read from the environment.

MODE chooses how careful it is:
  demo        (default) one computer, SQLite in VAR, a secret key made by `manage.py prepare`
  production  refuses to start until it has the settings that it needs (environment.py)
  test        what the test suite uses (see tests/settings.py)

Importing this file writes nothing: `manage.py prepare` makes the folders.
"""

import os
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from supervision.config.environment import (
    InvalidSetting,
    misspelt_settings,
    read_env_file,
    settings_problems,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

MODE = env.str("MODE", default="demo")
PRODUCTION = MODE == "production"


def load_env_file(path: Path) -> list[str]:
    """Add the file's settings to the environment, which wins; return what is wrong in it."""
    try:
        values = read_env_file(path)
    except (InvalidSetting, OSError, UnicodeDecodeError) as problem:
        return [str(problem)]
    for name, value in values.items():
        env.ENVIRON.setdefault(name, value)
    return misspelt_settings(values, all_ours=True)


# An office keeps its secrets in .env beside manage.py; demo and tests must not pick them up.
problems = misspelt_settings(env.ENVIRON, all_ours=False) if PRODUCTION else []
if PRODUCTION and (BASE_DIR / ".env").exists():
    problems += load_env_file(BASE_DIR / ".env")
problems += settings_problems(env.ENVIRON, production=PRODUCTION)
if problems:
    raise ImproperlyConfigured("\n".join(problems))

# Everything the portal writes lives here: database, uploads, built fonts, collected files.
VAR = Path(env.str("NITHET_VAR", default=str(BASE_DIR / "var"))).resolve()

# --- Secrets, hosts, HTTPS -----------------------------------------------------------------

DEBUG = not PRODUCTION and env.bool("DEBUG", default=False)

if PRODUCTION:
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # a monitor on the same machine asks without HTTPS
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Only where the proxy in front always sets or strips it, e.g. X-Forwarded-Proto.
    if PROXY_HEADER := env.str("PROXY_SSL_HEADER", default=""):
        SECURE_PROXY_SSL_HEADER = ("HTTP_" + PROXY_HEADER.upper().replace("-", "_"), "https")
elif MODE == "test":
    SECRET_KEY = "only for tests, of throw-away databases"
else:
    # Empty before `manage.py prepare`: Django then refuses whatever needs it.
    SECRET_KEY_FILE = VAR / "secret_key"
    SECRET_KEY = SECRET_KEY_FILE.read_text() if SECRET_KEY_FILE.exists() else ""
if not PRODUCTION:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# Where people reach the portal: printed papers carry it in their QR code.
SITE_URL = env.str(
    "SITE_URL",
    default=CSRF_TRUSTED_ORIGINS[0]
    if PRODUCTION
    else f"http://127.0.0.1:{env.str('PORT', default='8000')}",
).rstrip("/")

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
    }
}
CSRF_FAILURE_VIEW = "supervision.config.errors.csrf_failure"

# --- The apps ------------------------------------------------------------------------------

ROOT_URLCONF = "supervision.config.urls"
WSGI_APPLICATION = "supervision.config.wsgi.application"
AUTH_USER_MODEL = "schools.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "schools",
    "supervision.workflow",
    "supervision.special_days",
    "supervision.standards",
    "supervision.assignments",
    "supervision.committees",
    "supervision.criteria",
    "supervision.profiles",
    "supervision.rounds",
    "supervision.needs",
    "supervision.assessments",
    "supervision.visits",
    "supervision.practices",
    "supervision.improvement",
    "supervision.programmes",
    "supervision.quality_drive",
    "supervision.calendar",
    "supervision.cycle",
    "supervision.notices",
    "supervision.operations",
    "supervision.manual",
    "reports",
    "supervision.config",
    "supervision.demo",
    "supervision.benchmark",
    "django.contrib.admin",  # only for the system administrator, see schools/admin_site.py
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "supervision.config.static_files.PortalStaticFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "js_lib_bootstrap5",
    "js_lib_leaflet",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "supervision.config.middleware.permissions_policy",
    "supervision.config.middleware.limit_request_size",
    "supervision.config.middleware.FaultTolerantSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "supervision.config.middleware.LoginRequired",
    "supervision.config.middleware.renew_session",
    "supervision.config.middleware.no_store",
    "supervision.config.middleware.remember_signed_in_user",
    "supervision.config.middleware.clear_cache_on_logout",
    "supervision.config.middleware.require_password_change",
    "schools.sign_in.two_factor.require_second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schools.core.request_client.current_request_middleware",
    "schools.core.refusals.ActionRefusedMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schools.office.office_context",
                "schools.sign_in.device_key.device_key",
                "supervision.config.menu.menu",
            ],
            "builtins": [
                "django.templatetags.static",
                "schools.templatetags.thai",
                "schools.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our widgets live in templates/ too
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database ------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'nithet.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock at BEGIN: two writers then wait for each other instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # WAL lets readers go on while one writes. FULL, because an answer that was
        # acknowledged must also outlive a power cut; only tests may do without.
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            f"PRAGMA synchronous={'OFF' if MODE == 'test' else 'FULL'};"
            "PRAGMA cache_size=-16000;"
            "PRAGMA temp_store=MEMORY;"
        ),
    }
    # Opening needs disk space for the -wal file once nobody else has the database open: a page
    # that only reads would fail on a full disk.
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if MODE == "test" else None
else:
    # A server's list of connections then tells the portal's processes apart; so does a restore.
    DATABASES["default"].setdefault("OPTIONS", {})["application_name"] = f"nithet {os.getpid()}"
if DATABASES["default"]["ENGINE"].endswith("postgresql") and MODE != "test":
    # A connection that broke while the server was away is replaced, not handed out.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=16),  # as many as a web process's threads
        "timeout": 5,
    }
    DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)

# Shared by all web processes: sign-in rate limits would not hold in per-process memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# --- Sign-in and sessions ------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["schools.sign_in.backends.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "schools.sign_in.password_rules.PasswordLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "schools.sign_in.password_rules.PasswordSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "schools.sign_in.password_rules.UsernameVariantValidator"},
    {"NAME": "schools.sign_in.password_rules.PasswordCommonnessValidator"},
    {"NAME": "schools.sign_in.password_rules.PasswordDigitsValidator"},
]

ACCOUNT_ADAPTER = "schools.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "schools.sign_in.adapter.SignInForm",
    "change_password": "schools.sign_in.adapter.ChangePasswordForm",
    "reauthenticate": "schools.sign_in.adapter.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # shared computers: signing in never outlives the browser
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_PREVENT_ENUMERATION = True
SIGN_IN_PATH = "/accounts/"
# Passwords are limited in schools/sign_in/limits.py, where the wait grows and a known device
# passes. allauth's own limits hold for what comes after a right password, such as codes.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# Wrong tries that one address has free, over all accounts: a whole school shares an address.
SIGN_IN_TRIES_PER_ADDRESS = env.int("SIGN_IN_TRIES_PER_ADDRESS", default=20)
# How many proxies in front add to X-Forwarded-For. With none the header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# A second factor at sign-in: for everybody who wants one, and for the roles that have to use one
# (schools/sign_in/two_factor.py), as schools/enums.py calls them: area_director,clerk
TWO_FACTOR_ROLES = env.list("TWO_FACTOR_ROLES", default=[])
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "schools.sign_in.two_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "schools.sign_in.two_factor.SignInCodeForm",
    "reauthenticate": "schools.sign_in.two_factor.ConfirmCodeForm",
    "activate_totp": "schools.sign_in.two_factor.ActivateAppForm",
    "add_webauthn": "schools.sign_in.two_factor.AddPasskeyForm",
    "edit_webauthn": "schools.sign_in.two_factor.RenamePasskeyForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds for which a sign-in proves who one is
MFA_TOTP_ISSUER = "Nithet"
MFA_TOTP_TOLERANCE = 1  # the clock of a phone without a signal drifts
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost

# The session ends with the browser, and on the server after this long without a request:
# an expired row is no longer read. supervision.config.middleware.renew_session renews it.
SESSION_COOKIE_AGE = 60 * env.int("IDLE_MINUTES", default=60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# In a cookie an unread message would wait for whoever signs in next on a shared computer.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A password link is opened within so many hours after it was issued, or a new one is needed.
PASSWORD_LINK_HOURS = env.int("PASSWORD_LINK_HOURS", default=72)

# The access log (who signed in, whose password was issued) is kept for so many days, then purged.
ACCESS_LOG_DAYS = env.int("ACCESS_LOG_DAYS", default=730)

# --- The map of schools ---------------------------------------------------------------------

# Where pictures under the map come from, with {z}, {x} and {y} in the address; without one the
# map shows the schools alone and asks no other server. Whoever looks at the map shows that
# server their address. The page of the map, and no other, may load pictures from there.
MAP_TILE_URL = env.str("MAP_TILE_URL", default="")
# Whose the pictures are: what their licence wants to be said under the map.
MAP_TILE_ATTRIBUTION = env.str("MAP_TILE_ATTRIBUTION", default="")

# --- Language and time ---------------------------------------------------------------------

LANGUAGE_CODE = "th"
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True  # for the words Django and allauth bring; our own text is plain Thai
USE_TZ = True

# --- Files ---------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR / "collected"
STATICFILES_DIRS = [BASE_DIR / "static", VAR / "static"]  # VAR/static holds the built fonts
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "woff2", "png", "jpg", "webp")
STATICFILES_STORAGE_BY_MODE = (
    "supervision.config.static_files.HashedFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "schools.core.storage.AtomicFileStorage"},
    "staticfiles": {"BACKEND": STATICFILES_STORAGE_BY_MODE},
}

# Uploads have no URL of their own: a view checks the right and sends the file.
MEDIA_ROOT = VAR / "media"
# Parts of books that were drawn; what is deleted from here is drawn again when it is needed.
BOOK_PARTS_ROOT = VAR / "book-parts"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_PERMISSIONS = 0o640
# What may come in (schools/core/uploads.py). Django streams what is over 2.5 MB to the disk.
UPLOAD_PHOTO_BYTES = 40 * 1024**2  # as it is sent; it is kept at some 500 KB
UPLOAD_DOCUMENT_BYTES = 20 * 1024**2
UPLOAD_REQUEST_BYTES = 160 * 1024**2  # all files of one form together
IMPORT_MAX_BYTES = 1024**2 * env.int("IMPORT_MAX_MB", default=10)  # a table for the registry

# --- E-mail: reminders to schools ------------------------------------------------------------

# Without a mail server the demo prints its mails, and production offers none.
MAIL_IS_SET_UP = not PRODUCTION or "EMAIL_URL" in env.ENVIRON
globals().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="nithet@localhost")
EMAIL_TIMEOUT = 20

# --- Background work -----------------------------------------------------------------------

TASKS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if MODE == "test"
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": [],  # any queue name; the worker serves them all
    }
}

# --- Log: to stderr; no request bodies, no names ---------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
PORTAL_LOGGERS = ("django", "django_tasks", "django_tasks_db", "schools", "supervision", "reports")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},  # libraries chat at INFO
    "loggers": {name: {"level": LOG_LEVEL} for name in PORTAL_LOGGERS}
    | {"django": {"handlers": [], "level": LOG_LEVEL}},  # without its mail to admins
}
