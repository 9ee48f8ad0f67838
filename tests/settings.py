"""The portal's settings in test mode, with what only tests need."""

import os

os.environ["MODE"] = "test"

from supervision.config.settings import *  # noqa: F403

ALLOWED_HOSTS += ["testserver"]  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # find a file when asked, not all of them anew for each client
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, for throw-away users

# The same query once per row of a list is an error in every request.
INSTALLED_APPS += ["zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405
# Django reads a session that ended with its password once more, to delete it.
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]


class UndefinedVariable(str):
    """Makes a template fail on a misspelt name, where Django would print nothing."""

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        raise LookupError(f"undefined variable in a template: {variable}")


OPTIONS: dict[str, object] = TEMPLATES[0]["OPTIONS"]  # type: ignore[assignment]  # noqa: F405
OPTIONS["string_if_invalid"] = UndefinedVariable("undefined: %s")
