"""The order of schools reckoned a second time, slowly and plainly, in fractions of whole numbers.

It shares nothing with the portal but the plain values that it starts from: no array, no sorting
of places, no shortcut. A place is one more than the number of schools that are better.
"""

from fractions import Fraction
from itertools import product
from math import floor

from supervision.quality_drive.ranking.enums import RankingList

LEAST_KNOWN = Fraction(1, 2)
SWINGS = (80, 100, 120)  # per cent of each weight


def rounded(value):
    """To whole hundredths, halves upwards."""
    return floor(value + Fraction(1, 2))


def mean(pairs):
    return Fraction(sum(value * weight for value, weight in pairs), sum(w for _, w in pairs))


def usable(inputs, school, dimension, kind):
    return [
        one
        for one in inputs.indicators
        if one.dimension == dimension.code
        and one.pk in school.levels
        and (kind != RankingList.PROGRESS or one.pk in school.baselines)
    ]


def figure(inputs, school, dimension, kind, levels=None):
    known = usable(inputs, school, dimension, kind)
    if not known:
        return None
    levels = levels or school.levels
    now = rounded(mean([(levels[one.pk] * 100, one.weight) for one in known]))
    if kind == RankingList.PROGRESS:
        now -= rounded(mean([(school.baselines[one.pk], one.weight) for one in known]))
    return now


def takes_part(inputs, school, kind):
    if school.why_not or (kind == RankingList.SIZE_GROUP and not school.size_group):
        return False
    for dimension in inputs.dimensions:
        if not dimension.weight:
            continue
        known = usable(inputs, school, dimension, kind)
        whole = sum(one.weight for one in inputs.indicators if one.dimension == dimension.code)
        if not known or Fraction(sum(one.weight for one in known), whole) < LEAST_KNOWN:
            return False
    return True


def total(inputs, figures, swings=None):
    weighing = [one for one in inputs.dimensions if one.weight]
    weights = [one.weight * swing for one, swing in zip(weighing, swings or [1] * 5, strict=False)]
    pairs = [(figures[one.code], weight) for one, weight in zip(weighing, weights, strict=True)]
    return rounded(mean(pairs))


def place_among(score, scores):
    return 1 + sum(other > score for other in scores)


def reference_places(inputs, kind, *, ranges=True):
    """By school: place, best and worst place, group, score; of those in the list."""
    found = {}
    sizes = {one.size_group for one in inputs.schools} if kind == RankingList.SIZE_GROUP else {None}
    for size in sizes:
        members = [
            one
            for one in inputs.schools
            if takes_part(inputs, one, kind) and size in (None, one.size_group)
        ]
        found |= _places_of(inputs, members, kind, ranges)
    return found


def _places_of(inputs, members, kind, ranges):
    figures = {
        one.pk: {
            dimension.code: figure(inputs, one, dimension, kind) for dimension in inputs.dimensions
        }
        for one in members
    }
    scores = {pk: total(inputs, own) for pk, own in figures.items()}
    places = {pk: place_among(score, scores.values()) for pk, score in scores.items()}
    best, worst = dict(places), dict(places)
    weighing = [one for one in inputs.dimensions if one.weight]
    for swings in product(SWINGS, repeat=len(weighing)) if ranges else []:
        moved = {pk: total(inputs, own, swings) for pk, own in figures.items()}
        for pk, score in moved.items():
            place = place_among(score, moved.values())
            best[pk], worst[pk] = min(best[pk], place), max(worst[pk], place)
    groups = _groups(places, best, worst)
    return {pk: (places[pk], best[pk], worst[pk], groups[pk], scores[pk]) for pk in places}


def _groups(places, best, worst):
    """Place by place: a place that the first of the group cannot reach begins the next group."""
    groups, group, first_reaches = {}, 0, 0
    for place in sorted(set(places.values())):
        sharing = [pk for pk in places if places[pk] == place]
        if all(best[pk] > first_reaches for pk in sharing):
            group += 1
            first_reaches = max(worst[pk] for pk in sharing)
        groups |= dict.fromkeys(sharing, group)
    return groups
