"""The quotations of a document as structure: what stands in them, and what stands beside them."""

from bisect import bisect_left, bisect_right

from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.pipeline.parse.word_order import FINITE

GAP_TOKENS = 30
PARTIAL = 3
SIGNS = (["-"], ["--"], ["–"], ["—"], ["―"])
SIGNING = frozenset({"PUNCT", "SYM"})


def start_of(quotation: Quotation) -> int:
    """Where a quotation begins."""
    return quotation.start


class QuotationIndex:
    """The quotations of a document, and what stands beside them."""

    def __init__(self, syntax: Syntax, quotations: list[Quotation]):
        self.syntax = syntax
        self.quotations = quotations
        self.outermost = [quotation for quotation in quotations if quotation.depth == 0]
        self.holder: list[Quotation | None] = [None] * syntax.length
        for quotation in self.outermost:
            for index in range(quotation.start, quotation.end):
                self.holder[index] = quotation
        self.edges = {index for quotation in quotations for index in (quotation.start, quotation.end - 1)}
        self.by_paragraph: dict[int, list[Quotation]] = {}
        for quotation in quotations:
            self.by_paragraph.setdefault(syntax.paragraph[quotation.start], []).append(quotation)

    def sides(self, token: int) -> list[str]:
        """On which sides of a token a quotation may stand that `beside` finds: `before`, `after`, `around`."""
        near = self.by_paragraph.get(self.syntax.paragraph[token])
        found = ["around"] if self.holder[token] is not None else []
        if (near and near[0].start < token) or self.ends_last_paragraph(token) is not None:
            found.append("before")
        if (near and near[-1].start > token) or self.heads_next_paragraph(token) is not None:
            found.append("after")
        return found

    def at(self, token: int) -> list[Quotation]:
        """All quotations in which a token stands, outer before inner."""
        holder = self.holder[token]
        if holder is None:
            return []
        near = self.by_paragraph[self.syntax.paragraph[token]]
        begin, end = bisect_left(near, holder.start, key=start_of), bisect_right(near, token, key=start_of)
        return [near[place] for place in range(begin, end) if near[place].end > token]

    def apart(self, token: int, other: int) -> Quotation | None:
        """The outermost quotation in which a token stands and another one does not."""
        holder = self.holder[token]
        if holder is None or holder is not self.holder[other]:
            return holder
        return next((one for one in self.at(token) if not one.start <= other < one.end), None)

    def stands(self, standing: str | None, token: int) -> bool:
        """Whether a token stands inside or outside quotation marks, as wanted."""
        return standing is None or (self.holder[token] is not None) == (standing == "inside")

    def share(self, source: int, cue: int) -> bool:
        """Whether a source and its cue stand on the same side of all marks, or the quotation begins with the cue.

        The second is `The mayor “agreed to go on,” the statement said.`
        """
        around = self.holder[cue]
        if self.holder[source] is around:
            return True
        return self.holder[source] is None and around is not None and cue - around.start < PARTIAL

    def beside(self, side: str, token: int, links: tuple[str, ...]) -> Quotation | None:
        """The quotation before, after or around the clause of `token`, joined to it by one of `links`."""
        if side == "around":
            return next((one for one in reversed(self.at(token)) if one.start < token < one.end - 1), None)
        near = self.by_paragraph.get(self.syntax.paragraph[token], [])
        holder = self.holder[token]
        # for a token in a quotation only those inside the same one count
        begin = bisect_left(near, holder.start, key=start_of) if holder else 0
        end = bisect_right(near, holder.end - 1, key=start_of) if holder else len(near)
        if side == "before":
            places = range(bisect_left(near, token, key=start_of) - 1, begin - 1, -1)
            found = next((near[i] for i in places if near[i].end <= token and self.is_apart(token, near[i])), None)
            found = found or self.ends_last_paragraph(token)
            return found if found and self.links_back(found, token, links) else None
        places = range(bisect_right(near, token, key=start_of), end)
        found = next((near[i] for i in places if self.is_apart(token, near[i])), None)
        if found is None:
            found = self.heads_next_paragraph(token)
        return found if found and self.links_on(token, found, links) else None

    def is_led_into(self, quotation: Quotation) -> bool:
        """Whether words outside of all marks stand right before a quotation (`He wrote “Salt,” …`)."""
        before = quotation.start - 1
        leads = before >= 0 and self.syntax.pos[before] not in ("PUNCT", "SPACE", "CCONJ", "SYM")
        return leads and self.holder[before] is None

    def heads_next_paragraph(self, token: int) -> Quotation | None:
        """The quotation at the head of the next paragraph, where the paragraph of `token` ends with a colon."""
        following = self.by_paragraph.get(self.syntax.paragraph[token] + 1, [])
        if not following:
            return None
        before = self.before(following[0].start)
        ends = before >= token and self.syntax.paragraph[before] == self.syntax.paragraph[token]
        leads = ends and self.syntax.lower[before] == ":" and not self.is_signed(following[0])
        return following[0] if leads else None

    def is_signed(self, quotation: Quotation) -> bool:
        """Whether a dash and a name stand right behind a quotation (`“We won” - Jo Lee`)."""
        dash = self.syntax.lower[quotation.end : quotation.end + 1]
        return dash in SIGNS and self.syntax.pos[quotation.end + 1 : quotation.end + 2] == ["PROPN"]

    def ends_last_paragraph(self, token: int) -> Quotation | None:
        """The quotation that ends the paragraph above, where a mark at the head of a line signs it (`— Ann Roe`)."""
        syntax, before = self.syntax, self.before(token)
        if syntax.pos[token] not in SIGNING or before < 0 or syntax.paragraph[before] == syntax.paragraph[token]:
            return None
        holder = self.holder[before]
        return holder if holder is not None and holder.end == before + 1 else None

    def before(self, token: int) -> int:
        """The last token before another one that is no white space; -1 where there is none."""
        token -= 1
        while token >= 0 and self.syntax.pos[token] == "SPACE":
            token -= 1
        return token

    def is_apart(self, token: int, quotation: Quotation) -> bool:
        """Whether a quotation is no part of another that does not hold the token too."""
        holder = self.holder[token]
        return holder is None or self.encloses(holder, quotation)

    def encloses(self, outer: Quotation | None, inner: Quotation) -> bool:
        """Whether a quotation stands inside another."""
        return (
            outer is not None
            and outer is not inner
            and outer.start_char <= inner.start_char
            and inner.end_char <= outer.end_char
        )

    def links_back(self, quotation: Quotation, token: int, links: tuple[str, ...]) -> bool:
        """Whether the clause of `token` takes up a quotation that stands before it."""
        syntax = self.syntax
        inside, after = quotation.end - 2, quotation.end
        ends_open = syntax.lower[inside] in (",", "?", "!", "--", "—", "…", "...")
        comma_after = after < token and syntax.lower[after] in (",", "–", "—", "--", "-")
        link = "comma" if ends_open or comma_after else "bare"
        if link not in links:
            return False
        if syntax.pos[token] in SIGNING:
            return all(syntax.pos[index] == "SPACE" for index in range(after, token))
        if not quotation.closed:
            return False
        if any(syntax.dep[i] == "ccomp" and syntax.head[i] == token for i in range(after, token)):
            return False  # `“…,” Roe told Lee, said a source`: the source says that Roe told it
        return self.is_clause_gap(quotation.end, token, token)

    def links_on(self, token: int, quotation: Quotation, links: tuple[str, ...]) -> bool:
        """Whether the clause of `token` leads to a quotation that stands after it."""
        before = self.before(quotation.start)
        mark = self.syntax.lower[before] if before >= 0 else ""
        link = {",": "comma", ":": "colon", "–": "dash", "—": "dash", "--": "dash"}.get(mark, "bare")
        if link not in links:
            return False
        nearest = before - (0 if link == "bare" else 1)
        if nearest > token and self.syntax.pos[nearest] == "VERB" and self.syntax.tag[nearest] != "VBN":
            return False  # another verb stands nearer to the quotation
        return self.is_clause_gap(token + 1, quotation.start, token)

    def is_clause_gap(self, start: int, end: int, cue: int) -> bool:
        """Whether only words of the cue's own clause stand from `start` to `end`: no other verb governs there."""
        syntax = self.syntax
        if end - start > GAP_TOKENS:
            return False
        for index in range(start, end):
            if syntax.lower[index] in (".", ";", "?", "!"):
                return False
            finite = syntax.tag[index] in FINITE
            governs = syntax.dep[index] not in ("aux", "auxpass", "relcl", "acl", "advcl", "ccomp", "pcomp")
            if finite and governs and index != cue and not syntax.is_under(index, cue):
                return False
        return True
