"""Migrations: a new database begins with the squashed ones, an older one goes on by the rest."""

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def state_one_by_one():
    """The tables as the migrations make them that the squashed ones replace."""
    graph = MigrationLoader(None, replace_migrations=False).graph
    state, done = ProjectState(), set()
    for leaf in graph.leaf_nodes():
        for key in graph.forwards_plan(leaf):
            migration = graph.nodes[key]
            if key not in done and not migration.replaces:
                state = migration.mutate_state(state, preserve=False)
            done.add(key)
    return state


def test_the_squashed_migrations_make_the_tables_of_those_they_replace():
    squashed = MigrationLoader(None).project_state()
    changes = MigrationAutodetector(state_one_by_one(), squashed)._detect_changes()
    assert changes == {}
    back = MigrationAutodetector(squashed, state_one_by_one())._detect_changes()
    assert back == {}
