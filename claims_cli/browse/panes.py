"""What the reader is made of: lists that draw only the lines in view, the article, a line to type in, a message."""

from collections.abc import Callable
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

POINTER = "▸"


class Lines(ScrollView, can_focus=True):
    """A pane of lines, of which only those in view are drawn."""

    def line(self, number: int, width: int) -> Text:
        """A line of this pane."""
        raise NotImplementedError

    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Take over that the lines are others."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count())
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line at a row of the screen."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        text = self.line(number, width) if number < max(1, self.count()) else Text()
        text.truncate(width, overflow="ellipsis")
        strip = Strip(text.render(self.app.console, end="")).adjust_cell_length(width)
        return strip.apply_style(self.rich_style + self.line_style(number))

    def line_style(self, number: int) -> Style:
        """What a whole line looks like."""
        return Style.null()

    def move(self, by: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def turn(self, by: int) -> None:
        """Go so many pages on or back."""
        self.move(by * max(1, self.scrollable_content_region.height - 1))


class Chooser(Lines):
    """A list in which one line is chosen.

    Args:
        draw: gives a line for a width in cells.
        moved: is called when another line is chosen.
    """

    def __init__(self, draw: Callable[[int, int], Text], moved: Callable[[], None], id: str):
        super().__init__(id=id)
        self.draw, self.moved = draw, moved
        self.lines = 0
        self.chosen = 0
        self.empty = ""

    def fill(self, lines: int, chosen: int = 0, empty: str = "") -> None:
        """Show so many lines, one of them chosen; `empty` is said where there are none."""
        self.lines, self.chosen, self.empty = lines, chosen, empty
        self.lay_out()
        self.keep_in_view()

    def count(self) -> int:
        """How many lines there are."""
        return self.lines

    def line(self, number: int, width: int) -> Text:
        """A line, the chosen one with a pointer."""
        if not self.lines:
            return Text(self.empty)
        pointer = POINTER if number == self.chosen else " "
        return Text.assemble(pointer, self.draw(number, width - 1))

    def line_style(self, number: int) -> Style:
        """The chosen line stands out, reversed where keys go to this list."""
        if number != self.chosen or not self.lines:
            return Style.null()
        return Style(reverse=True) if self.has_focus else Style(bold=True)

    def move(self, by: int) -> None:
        """Choose another line."""
        self.choose(self.chosen + by)

    def choose(self, number: int) -> None:
        """Choose a line, or the nearest there is."""
        number = min(max(0, number), self.lines - 1)
        if self.lines and number != self.chosen:
            self.chosen = number
            self.refresh()
            self.keep_in_view()
            self.moved()

    def keep_in_view(self) -> None:
        """Scroll to the chosen line."""
        height = max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        wanted = min(max(top, self.chosen - height + 1), self.chosen)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def on_click(self, event: Click) -> None:
        """Choose the line that is clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.scroll_offset.y < self.lines:
            self.choose(offset.y + self.scroll_offset.y)

    def on_resize(self, event: Resize) -> None:
        """Keep the chosen line in view."""
        self.lay_out()
        self.keep_in_view()

    def on_focus(self) -> None:
        """Draw the chosen line as where keys go to."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the chosen line as where keys do not go to."""
        self.refresh()


class ReadingPane(Lines):
    """The article, scrolled to the claim that is marked in it."""

    def __init__(self, id: str):
        super().__init__(id=id)
        self.write: Callable[[int], tuple[list[Text], int]] = lambda width: ([], 0)
        self.texts: list[Text] = []
        self.width = 0

    def show(self, write: Callable[[int], tuple[list[Text], int]]) -> None:
        """Show other lines; `write` gives them for a width in cells, and that to begin with."""
        self.write = write
        self.write_anew()

    def write_anew(self) -> None:
        """Break the lines as the width wants it."""
        self.width = self.scrollable_content_region.width
        if not self.width:
            return
        self.texts, first = self.write(self.width)
        self.lay_out()
        above = self.scrollable_content_region.height // 4
        self.scroll_to(y=max(0, first - above), animate=False, force=True)

    def count(self) -> int:
        """How many lines there are."""
        return len(self.texts)

    def line(self, number: int, width: int) -> Text:
        """A line."""
        return self.texts[number].copy() if number < len(self.texts) else Text()

    def on_resize(self, event: Resize) -> None:
        """Break the lines anew where the width changed."""
        if self.scrollable_content_region.width != self.width:
            self.write_anew()


class Typed(Input):
    """A line to type in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,tab,down", "submit", "to the claims", key_display="enter"),
        Binding("escape", "app.leave", "leave it", key_display="esc"),
    ]


class Told(ModalScreen[None]):
    """A few words over everything else, until a key is pressed."""

    def __init__(self, words: str):
        super().__init__()
        self.words = words

    def compose(self) -> ComposeResult:
        """The words."""
        yield Static(Text(self.words, overflow="fold"), markup=False)

    def on_key(self) -> None:
        """Go back; a second key may come before the first is done."""
        if self.is_current:
            self.dismiss()

    on_click = on_key
