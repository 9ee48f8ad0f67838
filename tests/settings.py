"""The portal's settings in test mode, with what only tests need."""

import os

os.environ["MODE"] = "test"

from supervision.settings import *  # noqa: F403

ALLOWED_HOSTS += ["testserver"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, for throw-away users

# The same query once per row of a list is an error in every request.
INSTALLED_APPS += ["zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405
