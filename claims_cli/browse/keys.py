"""The keys of the panes, and what each does."""

from textual.binding import Binding


def at_once(key: str, action: str, description: str = "", key_display: str | None = None) -> Binding:
    """A key of the panes.

    It has priority, so that what is typed fast, or comes late over a network, is done in order: without it a key goes
    to the pane that has the focus when it arrives, and the letters typed behind a `/` would mark claims.
    """
    return Binding(key, action, description, bool(description), key_display, priority=True)


KEYS = [
    at_once("slash", "filter", "filter", key_display="/"),
    at_once("r", "judge('right')", "right"),
    at_once("w", "judge('wrong')", "wrong"),
    at_once("s", "speaker", "speaker"),
    at_once("n", "note", "note"),
    at_once("u", "undo", "undo"),
    at_once("o", "link", "link"),
    at_once("tab", "pane(1)", "pane"),
    at_once("question_mark", "keys", "help", key_display="?"),
    at_once("q", "close", "quit"),
    at_once("shift+tab", "pane(-1)"),
    at_once("enter,right", "into"),
    at_once("left", "out"),
    at_once("up,k", "move(-1)"),
    at_once("down,j", "move(1)"),
    at_once("pageup", "turn(-1)"),
    at_once("pagedown,space", "turn(1)"),
    at_once("home,g", "end(-1)"),
    at_once("end,G", "end(1)"),
]
HELP = """j k ↓ ↑    the next claim, the one before (space and page keys: a page; g G: first, last)
tab ← →    from speakers to claims to the article, and back
/          find by speaker, statement and cue; Esc shows all again
r  w       mark the claim right or wrong, and go on to the next
s          say who said it
n          write a note
u          undo the last mark; then take the mark of this claim away
o          the link to the words in the article
q          leave

r, w, s, n and u work in the list of claims only.
[speaker] <cue> «statement»; ? is a speaker whom no name identifies

Any key goes back."""
MARKING = frozenset({"judge", "speaker", "note", "undo"})
PANE_ACTIONS = frozenset(key.action.partition("(")[0] for key in KEYS)
