"""The reader itself: which pane shows what, and which key does what."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Footer, Input, Static

from claims_cli.browse import text as wording
from claims_cli.browse.claim_list import ClaimList
from claims_cli.browse.keys import HELP, KEYS, MARKING, PANE_ACTIONS
from claims_cli.browse.marking import Judge
from claims_cli.browse.panes import Chooser, Lines, ReadingPane, Told, Typed
from claims_cli.claim import Claim
from claims_cli.errors import ClaimsError
from claims_cli.outputs.escapes import clean
from claims_cli.outputs.links import link
from claims_cli.store.marks import Mark

PANES = ("#voices", "#claims", "#article")
NOT_KEPT = "Marks are kept in a store, and this is none: claims extract PATH --db FILE makes one."
NOTHING = "Nothing is found. / and Esc show all again."
CSS = """
Screen { layout: vertical; overflow: hidden; }
#lists { height: 1fr; }
#voices { width: 32%; max-width: 44; margin-right: 1; }
#claims { width: 1fr; }
#article { height: 1fr; }
Lines { border-top: solid ansi_bright_black; border-title-style: none; scrollbar-size-vertical: 1; overflow-x: hidden;
  overflow-y: scroll; scrollbar-background: ansi_default; scrollbar-color: ansi_bright_black;
  scrollbar-background-hover: ansi_default; scrollbar-color-hover: ansi_blue; scrollbar-background-active: ansi_default;
  scrollbar-color-active: ansi_blue; }
Lines:focus { border-top: heavy ansi_blue; border-title-style: bold; }
#facts { height: auto; max-height: 5; border-top: solid ansi_bright_black; }
#filter, #note, #speaker { height: 1; }
#note, #speaker { display: none; }
Told { align: center middle; }
Told Static { width: 100%; height: auto; border: solid ansi_blue; padding: 0 1; }
"""


class Browser(App[None]):
    """The full-screen reader.

    Args:
        shelf: the claims.
        judge: keeps marks; None where there is no store to keep them in.
        empty: what is said where there is no claim.
        kept_back: how many claims are not shown for their type or confidence, in words.
    """

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS, Binding("escape", "leave", show=False)]

    def __init__(self, shelf: ClaimList, judge: Judge | None, empty: str, kept_back: str = ""):
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.shelf, self.judge, self.empty, self.kept_back = shelf, judge, empty, kept_back
        self.holding: list[int] = []
        self.shown: list[int] = []
        self.voice: str | None = None
        self.done: list[tuple[int, Mark | None]] = []  # what was marked here, and the own mark before

    def compose(self) -> ComposeResult:
        """The panes, from above."""
        yield Typed(id="filter", placeholder="/ finds by speaker, statement and cue", compact=True)
        with Horizontal(id="lists"):
            yield Chooser(self.voice_line, self.choose_voice, id="voices")
            yield Chooser(self.claim_line, self.show_claim, id="claims")
        yield ReadingPane(id="article")
        yield Static(id="facts", markup=False)
        yield Typed(id="note", placeholder="a note on this claim; Enter keeps it, Esc does not", compact=True)
        yield Typed(id="speaker", placeholder="who said it; Enter keeps it, Esc does not", compact=True)
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Show everything."""
        self.find("")
        self.go_to("#claims")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether a key does something now: those of the panes are letters while one types."""
        if action in MARKING and getattr(self.focused, "id", None) != "claims":
            return False
        return action not in PANE_ACTIONS or not (isinstance(self.focused, Typed) or isinstance(self.screen, Told))

    def go_to(self, pane: str) -> None:
        """Give the keys to a pane, from the next key on."""
        self.screen.set_focus(self.query_one(pane))

    def voice_line(self, number: int, width: int) -> Text:
        """A line of the speakers."""
        return wording.voice_line(self.voices[number], len(self.holding))

    def claim_line(self, number: int, width: int) -> Text:
        """A line of the claims."""
        return wording.row_line(self.shelf.row(self.shown[number]), width)

    def find(self, words: str) -> None:
        """Show the claims that hold some words, and who speaks in them."""
        self.holding = self.shelf.holding(words)
        self.voices = self.shelf.voices(self.holding, self.voice)
        chosen = next(place for place, voice in enumerate(self.voices) if voice.id == self.voice)
        voices = self.query_one("#voices", Chooser)
        voices.fill(len(self.voices), chosen)
        unnamed = any(not voice.named for voice in self.voices)
        speakers = sum(voice.claims > 0 for voice in self.voices[1:])
        voices.border_title = Content(f"Speakers {speakers:,}{'  ? unnamed' if unnamed else ''}")
        self.list_claims()

    def list_claims(self) -> None:
        """List the claims that are found of the speaker who is chosen, the same one chosen if it is still there."""
        before = self.place
        self.shown = self.shelf.said_by(self.voice, self.holding)
        chosen = self.shown.index(before) if before in self.shown else 0
        claims = self.query_one("#claims", Chooser)
        claims.fill(len(self.shown), chosen, NOTHING if self.shelf else self.empty)
        of = f" of {len(self.shelf):,}" if len(self.shown) < len(self.shelf) else ""
        claims.border_title = Content(f"Claims {len(self.shown):,}{of}{self.kept_back}")
        self.show_claim()

    @property
    def place(self) -> int | None:
        """The place of the claim that is chosen."""
        chosen = self.query_one("#claims", Chooser).chosen
        return self.shown[chosen] if chosen < len(self.shown) else None

    @property
    def claim(self) -> Claim | None:
        """The claim that is chosen."""
        return None if self.place is None else self.shelf.claim(self.place)

    def show_claim(self) -> None:
        """Show the claim that is chosen in its article."""
        claim = self.claim
        article = self.query_one("#article", ReadingPane)
        if claim is None:
            article.border_title = Content("Article")
            article.show(lambda width: ([], 0))
        else:
            document = self.shelf.document(claim)
            article.border_title = Content(wording.heading(claim))
            article.show(lambda width: wording.article_lines(claim, document, width))
        self.tell_facts()

    def tell_facts(self) -> None:
        """Tell what is known of the claim that is chosen."""
        claim, place = self.claim, self.place
        told = Text()
        if claim is not None and place is not None:
            told = wording.facts(claim, self.shelf.marks(place), self.shelf.same_as(claim))
        self.query_one("#facts", Static).update(told)

    def choose_voice(self) -> None:
        """List the claims of the speaker who is chosen."""
        self.voice = self.voices[self.query_one("#voices", Chooser).chosen].id
        self.list_claims()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while one types; of letters that came together only the last one counts."""
        if event.input.id == "filter" and event.value == event.input.value:
            self.find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The filter is typed, or the note."""
        if event.input.id == "note":
            note = event.value.strip()
            self.close_note()
            if note:
                self.keep(note=note)
        elif event.input.id == "speaker":
            speaker = " ".join(event.value.split())
            self.close_note()
            if speaker:
                self.change(lambda judge, claim: judge.mark(claim, speaker=speaker))
                self.show_claim()
        self.go_to("#claims")

    def action_filter(self) -> None:
        """Type what to find."""
        self.go_to("#filter")

    def action_close(self) -> None:
        """Leave the reader."""
        self.exit()

    @property
    def pane(self) -> Lines:
        """The pane that the keys go to."""
        return self.focused if isinstance(self.focused, Lines) else self.query_one("#claims", Lines)

    def action_move(self, by: int) -> None:
        """Go some lines on or back."""
        self.pane.move(by)

    def action_turn(self, by: int) -> None:
        """Go some pages on or back."""
        self.pane.turn(by)

    def action_end(self, way: int) -> None:
        """Go to the last line (1) or to the first (-1)."""
        self.pane.move(way * self.pane.count())

    def action_pane(self, by: int) -> None:
        """Go to the next pane, or to the one before."""
        place = PANES.index(f"#{self.pane.id}") + by
        self.go_to(PANES[place % len(PANES)])

    def action_into(self) -> None:
        """Go from a speaker to the claims, and from a claim to the article."""
        if self.pane.id != "article":
            self.action_pane(1)

    def action_out(self) -> None:
        """Go back from the article to the claims, and from the claims to the speakers."""
        if self.pane.id != "voices":
            self.action_pane(-1)

    def action_leave(self) -> None:
        """Give up a note; out of the filter, show everything again; otherwise go back."""
        if self.query_one("#note").has_focus or self.query_one("#speaker").has_focus:
            self.close_note()
        elif self.query_one("#filter").has_focus:
            self.query_one("#filter", Input).value = ""
            self.go_to("#claims")
        else:
            self.action_out()

    def action_judge(self, verdict: str) -> None:
        """Mark the claim right or wrong, and go on to the next."""
        if self.keep(verdict):
            self.query_one("#claims", Chooser).move(1)

    def action_note(self) -> None:
        """Type a note."""
        if self.judge is None or self.place is None:
            self.change(lambda judge, claim: None)
            return
        own = (mark.note for mark in self.shelf.marks(self.place) if mark.by == self.judge.name)
        note = self.query_one("#note", Input)
        note.value = next(own, None) or ""
        note.display = True
        self.go_to("#note")

    def action_speaker(self) -> None:
        """Type who said it."""
        if self.judge is None or self.place is None:
            self.change(lambda judge, claim: None)
            return
        line = self.query_one("#speaker", Input)
        line.value = (self.claim.speaker or "") if self.claim else ""
        line.display = True
        self.go_to("#speaker")

    def close_note(self) -> None:
        """Put the line for a note, or a speaker, away."""
        self.query_one("#note").display = False
        self.query_one("#speaker").display = False
        self.go_to("#claims")

    def keep(self, verdict: str | None = None, note: str | None = None) -> bool:
        """Keep a verdict or a note in the store; whether it is kept."""
        return self.change(lambda judge, claim: judge.mark(claim, verdict, note))

    def action_keys(self) -> None:
        """Show what every key does."""
        self.push_screen(Told(HELP))

    def action_undo(self) -> None:
        """Go back to what was marked last, as it was before; where nothing was, take the own mark away."""
        if not self.done:
            self.unmark()
            return
        place, before = self.done.pop()
        if place not in self.shown:
            self.voice = None
            self.query_one("#filter", Input).value = ""
            self.find("")
        claims = self.query_one("#claims", Chooser)
        claims.move(self.shown.index(place) - claims.chosen)
        self.change(lambda judge, claim: judge.restore(claim, before), is_kept=False)
        self.show_claim()

    def unmark(self) -> None:
        """Take the own mark away."""

        def unmark(judge: Judge, claim: str) -> None:
            if not judge.unmark(claim):
                self.notify(f"{clean(judge.name)} has not marked it.", markup=False)

        self.change(unmark, is_kept=False)

    def change(self, work: Callable[[Judge, str], object], is_kept: bool = True) -> bool:
        """Do something to the marks of the claim that is chosen; what hinders it is told.

        Args:
            is_kept: whether it can be undone.

        Returns:
            Whether it was done.
        """
        done = False
        if self.judge is None:
            self.notify(NOT_KEPT, severity="warning", markup=False)
        elif self.place is not None:
            own = next((mark for mark in self.shelf.marks(self.place) if mark.by == self.judge.name), None)
            try:
                work(self.judge, self.shelf.ids[self.place])
                done = True
                if is_kept:
                    self.done.append((self.place, own))
            except ClaimsError as error:
                self.notify(clean(str(error)), severity="error", markup=False)
            self.see_marks()
        return done

    def see_marks(self) -> None:
        """Show the marks as they are now."""
        self.shelf.see_marks()
        self.query_one("#claims").refresh()
        self.tell_facts()

    def action_link(self) -> None:
        """Show the address of the article, which goes to the words of the claim."""
        address = link(self.claim) if self.claim else None
        self.push_screen(Told(clean(address) if address else "The address of this document's page is not known."))

    def _fatal_error(self) -> None:
        """Leave the screen with a fault, which then ends the command as any fault does."""
        self._close_messages_no_wait()


def read(browser: Browser) -> None:
    """Show the reader until it is left.

    Raises:
        Exception: what went wrong in it.
    """
    browser.run()
    if browser._exception is not None:
        raise browser._exception
