"""Drives the real window from outside, through the accessibility bus and the X server.

Every wait is for a condition and has a bound; nothing here sleeps for a fixed time and hopes.
"""
import os
import re
import subprocess
import sys
import time

# The accessibility library warns when a widget goes away while it looks: that must not end the test.
os.environ.pop("G_DEBUG", None)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60.0


class Missing(AssertionError):
    """What was looked for did not come in time."""


def wait_for(what, condition, patience=PATIENCE):
    """Returns the first true value of condition()."""
    end = time.monotonic() + patience
    while True:
        try:
            value = condition()
        except (GLib.Error, RuntimeError):  # the widget went away between two looks
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise Missing(f"not seen within {patience:.0f} s: {what}")
        time.sleep(0.03)


def children(node):
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield child


def walk(node):
    """Every node below, in order."""
    for child in children(node):
        yield child
        yield from walk(child)


def is_shown(node):
    """GTK marks only the window as showing; what is not on the screen has no size."""
    if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
        return False
    component = node.get_component_iface()
    if component is None:
        return False
    box = component.get_extents(Atspi.CoordType.WINDOW)
    return box.width > 0 and box.height > 0


class Program:
    """A started program and its windows."""

    def __init__(self, *command, environment=None):
        env = dict(os.environ)
        env.update(environment or {})
        self.process = subprocess.Popen(command, env=env)
        self.application = wait_for("the program on the accessibility bus", self._find)

    def _find(self):
        if self.process.poll() is not None:
            raise Missing(f"the program ended with status {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for application in children(desktop):
            if application.get_process_id() == self.process.pid and application.get_child_count() > 0:
                return application
        return None

    def find_all(self, role=None, name=None, below=None, contains=None, pattern=None):
        """Nodes that are shown; names are asked first, because each question is a message."""
        for node in walk(below or self.application):
            try:
                if name is not None or contains is not None or pattern is not None:
                    text = node.get_name() or ""
                    if name is not None and text != name:
                        continue
                    if contains is not None and contains not in text:
                        continue
                    if pattern is not None and re.match(pattern, text) is None:
                        continue
                if role is not None and node.get_role_name() != role:
                    continue
                if is_shown(node):
                    yield node
            except (GLib.Error, RuntimeError):  # recycled between two questions
                continue

    def find(self, role=None, name=None, below=None, contains=None, patience=PATIENCE):
        what = " ".join(str(part) for part in (role, name, contains) if part)
        return wait_for(what, lambda: next(self.find_all(role, name, below, contains), None), patience)

    def has(self, role=None, name=None, contains=None, pattern=None):
        return next(self.find_all(role, name, None, contains, pattern), None) is not None

    def click(self, role=None, name=None, below=None, contains=None):
        node = self.find(role, name, below, contains)
        wait_for(f"{name} to be sensitive", lambda: node.get_state_set().contains(Atspi.StateType.SENSITIVE))
        action = node.get_action_iface()
        if action is not None and action.get_n_actions() > 0:
            action.do_action(0)
        else:  # check buttons of GTK 4.8 have no action: the mouse it is
            self.click_at(node)
        return node

    def type_into(self, role, name, text):
        node = self.find(role, name)
        editable = node.get_editable_text_iface()
        if editable is None:  # the entry's own text lies one level below
            node = next(n for n in walk(node) if n.get_editable_text_iface() is not None)
            editable = node.get_editable_text_iface()
        editable.set_text_contents(text)

    def texts(self, below=None):
        """All the text that is shown."""
        return [node.get_name() for node in self.find_all(below=below, pattern=".")]

    def window_id(self):
        """The X id of the program's newest window."""
        out = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                             capture_output=True, text=True, check=False).stdout.split()
        return out[-1] if out else None

    def activate(self):
        window = wait_for("a window", self.window_id)
        subprocess.run(["xdotool", "windowactivate", "--sync", window], check=False, timeout=10)

    def key(self, *keys):
        self.activate()
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True, timeout=10)

    def extents(self, node):
        """Where a node lies on the screen."""
        box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        geometry = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.window_id()],
                                  capture_output=True, text=True, check=True).stdout
        origin = dict(line.split("=") for line in geometry.split())
        return int(origin["X"]) + box.x, int(origin["Y"]) + box.y, box.width, box.height

    def click_at(self, node, *modifiers):
        x, y, width, height = self.extents(node)
        command = ["xdotool", "mousemove", str(x + width // 2), str(y + height // 2)]
        for modifier in modifiers:
            command += ["keydown", modifier]
        command += ["click", "1"]
        for modifier in modifiers:
            command += ["keyup", modifier]
        subprocess.run(command, check=True, timeout=10)

    def picture(self, path):
        subprocess.run(["import", "-window", self.window_id(), path], check=False, timeout=20)

    def end(self):
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def drag(start, end):
    """Drags with the first button from one place of the screen to another, slowly enough for the toolkit to follow."""
    steps = ["xdotool", "mousemove", str(start[0]), str(start[1]), "mousedown", "1"]
    for i in range(1, 26):
        place = [start[n] + (end[n] - start[n]) * i // 25 for n in (0, 1)]
        steps += ["mousemove", str(place[0]), str(place[1]), "sleep", "0.02"]
    steps += ["sleep", "0.2", "mouseup", "1"]
    subprocess.run(steps, check=True, timeout=30)


def drag_files(source, window, *files):
    """Drags files from a window of their own onto the middle of @window, as a person would."""
    process = subprocess.Popen([source, *files])
    try:
        origin = wait_for("the drag source", lambda: subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "^drag-source$"],
            capture_output=True, text=True, check=False).stdout.split())[0]
        # On top of the other window, in a corner of the screen.
        subprocess.run(["xdotool", "windowmove", "--sync", origin, "20", "20"], check=False, timeout=10)
        subprocess.run(["xdotool", "windowraise", origin], check=False, timeout=10)
        geometry = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window],
                                  capture_output=True, text=True, check=True).stdout
        box = {key: int(value) for key, value in (line.split("=") for line in geometry.split())}
        x = box["X"] + box["WIDTH"] // 2
        y = box["Y"] + box["HEIGHT"] // 2
        drag((80, 70), (x, y))
    finally:
        time.sleep(0.2)
        process.terminate()
        process.wait()


def run(tests):
    """Runs the functions given, as TAP."""
    print(f"1..{len(tests)}")
    failed = 0
    for number, test in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception as problem:  # noqa: BLE001: whatever it is, it is the test's verdict
            failed += 1
            import traceback
            traceback.print_exc()
            print(f"not ok {number} {test.__name__}: {problem}", flush=True)
    sys.exit(1 if failed else 0)
