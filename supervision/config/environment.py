"""What an office may set, in the environment or in `.env`, and what each value looks like.

`settings.py` reads the values; here they are checked first, all of them at once, so that a start
with nonsense ends with one line for each setting that says what it should be.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import environ

SettingCheck = Callable[[str], bool]

ENV_LINE = re.compile(r"""(?:export\s+)?(\w+)\s*=\s*("[^"]*"|'[^']*'|.*?)\s*(?:(?<=\s)\#.*)?""")
WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")
TILE_ADDRESS = re.compile(r"https://[a-z0-9.-]+(:[0-9]+)?/[^\s{}]*({[xyz]}[^\s{}]*){3}")
SEPARATED_BY_COMMAS = re.compile(r"[^\s,]+(,[^\s,]+)*")
DATABASE_SCHEMES = {"postgres", "postgresql", "sqlite"}


def _number(least: int, most: int) -> SettingCheck:
    return lambda value: value.isascii() and value.isdecimal() and least <= int(value) <= most


def _one_of(*words: str) -> SettingCheck:
    return lambda value: value in words


def _like(pattern: str | re.Pattern[str]) -> SettingCheck:
    return lambda value: re.fullmatch(pattern, value) is not None


def _is_database(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in DATABASE_SCHEMES and len(parts.path) > 1 and (parts.port or 1) > 0
    except ValueError:  # a port that is no number
        return False


def _is_mail_server(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in environ.Env.EMAIL_SCHEMES and (parts.port or 1) > 0
    except ValueError:
        return False


def _is_tile_address(value: str) -> bool:
    """Over HTTPS, as the portal's pages are, and with {z}, {x} and {y} once each."""
    once_each = all(value.count(part) == 1 for part in ("{z}", "{x}", "{y}"))
    return once_each and TILE_ADDRESS.fullmatch(value) is not None


_yes_or_no = _one_of("true", "false", "True", "False", "1", "0", "yes", "no", "on", "off")

# Each setting with what a value must satisfy and an example of one.
SETTINGS: Mapping[str, tuple[SettingCheck, str]] = {
    "MODE": (_one_of("demo", "production", "test"), "production"),
    "NITHET_VAR": (bool, "/srv/nithet"),
    "SECRET_KEY": (lambda value: len(value) >= 50, "50 random characters or more"),
    "DEBUG": (_yes_or_no, "false"),
    "ALLOWED_HOSTS": (_like(SEPARATED_BY_COMMAS), "nithet.example.go.th"),
    "CSRF_TRUSTED_ORIGINS": (
        _like(r"https://[^\s,/]+(,https://[^\s,/]+)*"),
        "https://nithet.example.go.th",
    ),
    "SITE_URL": (_like(WEB_ADDRESS), "https://nithet.example.go.th"),
    "HSTS_SECONDS": (_number(0, 2**31), "31536000"),
    "HSTS_INCLUDE_SUBDOMAINS": (_yes_or_no, "true"),
    "HSTS_PRELOAD": (_yes_or_no, "true"),
    "PROXY_SSL_HEADER": (_like(r"[A-Za-z-]+"), "X-Forwarded-Proto"),
    "DATABASE_URL": (_is_database, "postgres://user:password@127.0.0.1/nithet"),
    "DATABASE_POOL_SIZE": (_number(1, 1000), "16"),
    "SIGN_IN_TRIES_PER_ADDRESS": (_number(5, 10_000), "20"),
    "TRUSTED_PROXIES": (_number(0, 5), "1"),
    "TWO_FACTOR_ROLES": (_like(SEPARATED_BY_COMMAS), "area_director,system_administrator"),
    "IDLE_MINUTES": (_number(1, 1440), "60"),
    "PASSWORD_LINK_HOURS": (_number(1, 720), "72"),
    "ACCESS_LOG_DAYS": (_number(1, 36500), "730"),
    "IMPORT_MAX_MB": (_number(1, 100), "10"),
    "MAP_TILE_URL": (_is_tile_address, "https://tiles.example.go.th/{z}/{x}/{y}.png"),
    "MAP_TILE_ATTRIBUTION": (bool, "แผนที่ © สำนักงานตัวอย่าง"),
    "EMAIL_URL": (_is_mail_server, "smtp+tls://user:password@mail.example.go.th:587"),
    "EMAIL_FROM": (_like(r"[^@]+@[^@]+"), "nithet@example.go.th"),
    "LOG_LEVEL": (_one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "INFO"),
    "HOST": (_like(r"\S+"), "127.0.0.1"),
    "PORT": (_number(1, 65535), "8000"),
    "WEB_CONCURRENCY": (_number(1, 64), "2"),
}
NEEDED_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL")


class InvalidSetting(Exception):
    """A line of `.env` that is no setting. `str()` names it."""


def read_env_file(path: Path) -> dict[str, str]:
    """The settings of the file, without quotes, comments and those left empty.

    A comment begins at a # after a blank: one within a password is part of it.
    Raises InvalidSetting for a line that is none, without repeating what it holds.
    """
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        parts = ENV_LINE.fullmatch(line)
        if parts is None:
            raise InvalidSetting(f"{path.name} line {number}: write it as NAME=value")
        found[parts[1]] = _unquoted(parts[2])
    return {name: value for name, value in found.items() if value and not value.startswith("#")}


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


def settings_problems(values: Mapping[str, str], *, production: bool) -> list[str]:
    """One line for each setting that is missing or makes no sense."""
    needed = NEEDED_IN_PRODUCTION if production else ()
    missing = [name for name in needed if not values.get(name)]
    given = [name for name in SETTINGS if name in values and name not in missing]
    wrong = [name for name in given if not _is_valid(name, values[name])]
    if production and "*" in values.get("ALLOWED_HOSTS", "").split(","):
        wrong.append("ALLOWED_HOSTS")
    problems = [f"{name} is needed, for example {_example(name)}" for name in missing]
    return problems + [
        f"{name} makes no sense; write for example {_example(name)}" for name in wrong
    ]


def _is_valid(name: str, value: str) -> bool:
    check, _ = SETTINGS[name]
    return bool(check(value))


def misspelt_settings(names: Iterable[str], *, all_ours: bool) -> list[str]:
    """One line for each name that looks like a setting and is none.

    In `.env` every name is ours; the environment holds those of others too.
    """
    problems = []
    for name in names:
        near = get_close_matches(name, SETTINGS, n=1, cutoff=0.6 if all_ours else 0.9)
        if name in SETTINGS or not (near or all_ours):
            continue
        meant = f"; is {near[0]} meant?" if near else ""
        problems.append(f"{name} is no setting of the portal{meant}")
    return problems


def _example(name: str) -> str:
    return f"{name}={SETTINGS[name][1]}" if name != "SECRET_KEY" else SETTINGS[name][1]
