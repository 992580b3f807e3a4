"""What a screen reader is told of the window, as JSON: for the interpreter of the system.

    python3 accessible.py tree
    python3 accessible.py box NAME OFFSET

``tree`` lists what is showing: role, name, text, states and box on the screen; ``box`` tells that
of one character in the text called NAME. The bindings (``gi``) come with the system's own Python.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version is chosen before

PROGRAM = "attune"
STATES = ("focused", "checked", "enabled", "editable", "selected")


def nodes(node):
    """``node`` and all that shows below it."""
    try:
        states = node.get_state_set()
        if node.get_role() != Atspi.Role.APPLICATION:
            if not states.contains(Atspi.StateType.SHOWING):
                return
            yield node
        children = [node.get_child_at_index(i) for i in range(min(node.get_child_count(), 500))]
    except GLib.Error:  # gone meanwhile
        return
    for child in children:
        if child is not None:
            yield from nodes(child)


def program():
    """The windows of the program."""
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(number)
        if found is not None and found.get_name().startswith(PROGRAM):
            yield from nodes(found)


def text_of(node):
    found = node.get_text_iface()
    return Atspi.Text.get_text(found, 0, -1) if found is not None else ""


def box_of(rectangle):
    return [rectangle.x, rectangle.y, rectangle.width, rectangle.height]


def tree():
    found = []
    for node in program():
        try:
            states = node.get_state_set()
            kinds = [s for s in STATES if states.contains(getattr(Atspi.StateType, s.upper()))]
            found.append(
                {
                    "role": node.get_role_name(),
                    "name": node.get_name(),
                    "text": text_of(node),
                    "states": kinds,
                    "box": box_of(node.get_extents(Atspi.CoordType.SCREEN)),
                }
            )
        except GLib.Error:
            continue
    return found


def box(name, offset):
    for node in program():
        if node.get_name() == name and node.get_text_iface() is not None:
            kind = Atspi.CoordType.SCREEN
            return box_of(Atspi.Text.get_character_extents(node.get_text_iface(), offset, kind))
    return None


if __name__ == "__main__":
    answer = tree() if sys.argv[1] == "tree" else box(sys.argv[2], int(sys.argv[3]))
    json.dump(answer, sys.stdout, ensure_ascii=False)
