"""A system as it is composed: presets, options that mean something, what makes no sense."""

from __future__ import annotations

import pytest

from gui.viewmodels.registry import Registry, architecture, core_registry
from gui.viewmodels.system import System, formula_of


@pytest.fixture
def system(registry: Registry) -> System:
    return System(registry)


def test_it_begins_as_the_first_preset(system: System) -> None:
    assert system.title == "plain"
    assert system.changes() == ()
    assert [option.part.name for option in system.options()] == [
        "encoder", "share", "loud", "motto", "noise",
    ]  # fmt: skip


def test_an_option_appears_where_it_means_something(system: System) -> None:
    system.set("encoder", "path")
    assert "steps" in [option.part.name for option in system.options()]
    system.type("steps", "7")
    assert system.changes() == (("encoder", "path"), ("steps", 7))
    assert system.title == "plain, 2 changed"
    system.set("encoder", "forest")
    assert system.changes() == ()
    assert system.values["steps"] == 3
    system.set("encoder", "path")
    assert system.values["steps"] == 7


def test_a_preset_sets_its_options_and_reset_brings_them_back(system: System) -> None:
    system.choose_preset("winding")
    assert (system.values["encoder"], system.values["steps"]) == ("path", 5)
    assert system.changes() == ()
    system.type("steps", "2")
    system.set("loud", False)
    assert system.changes() == (("steps", 2),)
    system.reset("steps")
    assert system.changes() == ()


@pytest.mark.parametrize("typed", ["", "ten", "0,5x", "2", "-0.1", "nan"])
def test_what_is_typed_wrong_is_told_with_the_options_name(system: System, typed: str) -> None:
    system.type("share", typed)
    problem = system.problem()
    assert problem is not None and "share" in problem.sentence.casefold()
    assert [part.name for part in system.concerned(problem)] == ["share"]
    assert system.values["share"] == 0.5
    system.type("share", "0,75")
    assert system.problem() is None and system.values["share"] == 0.75


def test_what_does_not_go_together_is_told_and_led_to(system: System) -> None:
    system.set("encoder", "path")
    system.set("loud", True)
    problem = system.problem()
    assert problem is not None
    assert problem.sentence == "Loud is yes, but encoder 'path' is quiet."
    assert problem.remedy == "Give no loud, or 'forest'."
    assert [part.name for part in system.concerned(problem)] == ["encoder", "loud"]


def test_other_usual_values_hold_where_no_running_text_is_learnt(system: System) -> None:
    system.set_prose(False)
    assert system.values["noise"] == 0.0 and system.changes() == ()
    system.type("noise", "0.3")
    system.set_prose(True)
    assert system.changes() == (("noise", 0.3),)


def test_an_earlier_run_is_composed_again(system: System) -> None:
    system.take("winding", {"steps": 4, "gone": 1})
    assert (system.preset.name, system.changes()) == ("winding", (("steps", 4),))


def test_the_formula_is_that_of_the_choice(registry: Registry) -> None:
    encoder, share = registry.part("encoder"), registry.part("share")
    assert encoder is not None and share is not None
    assert formula_of(encoder, "path") == "h_t = f(h_{t-1})"
    assert formula_of(share, 0.5) == "s"


def test_what_the_core_has_registered_makes_a_system_that_is_drawn() -> None:
    registry = core_registry()
    system = System(registry)
    names = [part.name for part in registry.parts]
    assert len(names) == len(set(names)) > 40
    for preset in registry.presets:
        system.choose_preset(preset.name)
        assert system.problem() is None and system.changes() == ()
        diagram = architecture(system.values)
        assert diagram is not None and diagram.parameters > 0
    system.set("decoder", "context")
    problem = system.problem()
    assert problem is not None
    assert [part.name for part in system.concerned(problem)] == ["encoder", "decoder"]
    assert architecture(system.values) is None
