"""Which files of folders are read: ignore files, hidden files, globs, and what is named all the same."""

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from claims_cli.errors import InputError, UsageError
from claims_cli.inputs.ignoring import Selection
from claims_cli.inputs.walking import Input, inputs


class Walk:
    """What a walk finds: names inside the folder, errors, and what is left out."""

    def __init__(self, base: Path, arguments: tuple[str, ...], selection: Selection):
        self.left_out: Counter[str] = Counter()
        found = list(inputs([str(base / argument) for argument in arguments], self.left_out, selection))
        self.names = [item.name.removeprefix(f"{base}/") for item in found if isinstance(item, Input)]
        errors = [str(item) for item in found if isinstance(item, InputError)]
        self.errors = [error.removeprefix(f"{base}/").replace(f"{base}:", "X:") for error in errors]


@pytest.fixture
def files(tmp_path):
    """Write files that hold a text."""

    def writes(*names: str) -> None:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("John Lee said that the ferry was late.\n")

    return writes


@pytest.fixture
def ignore(tmp_path):
    """Write an ignore file, a rule a line."""

    def writes(path: str, *rules: str) -> None:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("\n".join(rules) + "\n")

    return writes


@pytest.fixture
def walk(tmp_path):
    def walks(*arguments: str, **selection) -> Walk:
        return Walk(tmp_path, arguments or ("",), Selection(**selection))

    return walks


def test_folders_are_read_in_the_order_of_their_paths(files, walk):
    files("b/z.txt", "a.txt", "b/a/y.txt", "c.txt", "B.txt")
    assert walk("b", "").names == ["b/a/y.txt", "b/z.txt", "B.txt", "a.txt", "c.txt"]


def test_what_ignore_files_name_is_left_out_and_counted(files, ignore, walk):
    files("a.txt", "draft.txt", "old/b.txt", "old/deep/c.txt", "new/draft.txt", "new/d.txt")
    ignore(".ignore", "# drafts", "draft.txt", "old/")
    found = walk()
    assert found.names == ["a.txt", "new/d.txt"]
    assert found.left_out["ignored"] == 3
    assert len(walk(ignore_files=False).names) == 6


def test_a_gitignore_counts_only_in_a_repository(files, ignore, walk):
    files("a.txt", "draft.txt", "in/draft.txt")
    ignore(".gitignore", "draft.txt")
    assert walk().names == ["a.txt", "draft.txt", "in/draft.txt"]
    ignore(".git/info/exclude", "a.txt")
    assert walk().errors == ["X: what is in this folder is ignored; --no-ignore reads it all the same"]
    assert walk("in").names == []
    ignore("in/.git/config")
    assert walk("in").names == ["in/draft.txt"], "a repository of its own does not obey the one around it"


def test_ignore_files_of_the_folders_above_count(files, ignore, walk):
    files("in/deep/a.txt", "in/deep/b.txt")
    ignore(".ignore", "in/deep/a.txt")
    assert walk("in/deep").names == ["in/deep/b.txt"]


@pytest.mark.parametrize(("weak", "strong"), [(".gitignore", ".ignore"), (".ignore", ".claimsignore")])
def test_a_stronger_ignore_file_takes_back_what_a_weaker_one_leaves_out(files, ignore, walk, weak, strong):
    files("a.txt", "b.txt", "in/a.txt")
    ignore(".git/config")
    ignore(strong, "!a.txt")
    ignore(weak, "*.txt")
    ignore(f"in/{weak}", "a.txt")
    assert walk().names == ["a.txt", "in/a.txt"]


def test_the_nearer_file_and_the_later_rule_win(files, ignore, walk):
    files("a.txt", "b.txt", "in/a.txt", "in/b.txt")
    ignore(".ignore", "*.txt", "!b.txt")
    ignore("in/.ignore", "!a.txt", "b.txt")
    assert walk().names == ["b.txt", "in/a.txt"]


def test_nothing_comes_back_from_a_folder_that_is_ignored(files, ignore, walk):
    files("old/keep.txt", "new/keep.txt", "new/c.txt", "a.txt")
    ignore(".ignore", "old/", "!old/keep.txt", "new/**", "!new/keep.txt")
    assert walk().names == ["a.txt", "new/keep.txt"]


def test_hidden_files_are_read_where_it_is_asked_for_or_a_rule_takes_them_back(files, ignore, walk):
    files("a.txt", ".b.txt", ".notes/c.txt", ".notes/.d.txt")
    assert walk().names == ["a.txt"]
    assert walk(hidden=True).names == [".b.txt", ".notes/.d.txt", ".notes/c.txt", "a.txt"]
    ignore(".ignore", "!.notes")
    assert walk().names == [".notes/c.txt", "a.txt"]


def test_what_is_named_is_read_all_the_same(files, ignore, walk):
    files("old/.b.log", "old/.deep/c.txt", "old/d.txt")
    ignore(".ignore", "old/", "*.log", ".deep", "d.txt")
    assert walk("old/.b.log", "old/.deep", "old/d.txt").names == ["old/.b.log", "old/.deep/c.txt", "old/d.txt"]
    assert walk("old/.b.log", include=("*.txt",), exclude=("*.log",)).names == ["old/.b.log"]


def test_include_restricts_and_exclude_removes(files, walk):
    files("a.txt", "b.md", "news/c.txt", "news/old/d.txt", "news/e.md")
    assert walk(include=("*.md",)).names == ["b.md", "news/e.md"]
    assert walk(include=("/news/*.txt", "b.*")).names == ["b.md", "news/c.txt"]
    assert walk(exclude=("old/", "*.md")).names == ["a.txt", "news/c.txt"]
    assert walk(include=("news/**",), exclude=("old",)).names == ["news/c.txt", "news/e.md"]
    assert walk("news", include=("/*.txt",)).names == ["news/c.txt"]
    assert walk(include=("x",)).errors == ["X: no file in this folder is left to read; check --include and --exclude"]


def test_a_glob_that_cannot_be_is_a_wrong_use():
    with pytest.raises(UsageError, match=r"--include .* is no glob"):
        Selection(include=("[z-a]",)).check()


def test_a_quoted_glob_stands_for_what_it_matches(files, walk):
    files("news/b.txt", "news/a.log", "news/.c.txt", "news/in/a.txt", "news/in/deep/z.txt", "x[1].txt")
    assert walk("news/*.txt").names == ["news/b.txt"]
    assert walk("news/**/*.txt").names == ["news/b.txt", "news/in/a.txt", "news/in/deep/z.txt"]
    assert walk("news/*.log").names == ["news/a.log"], "a match is named, so its suffix does not matter"
    assert walk("news/.*.txt").names == walk("news/*c.txt", hidden=True).names == ["news/.c.txt"]
    assert walk("n*s/i?/**").names == ["news/in/a.txt", "news/in/deep/z.txt"]
    assert walk("x[1].txt").names == ["x[1].txt"], "a file of that very name is meant first"
    assert walk("news/*.pdf").errors == [
        "news/*.pdf: no such file or folder, nor any that it is a pattern of; check it"
    ]


def test_a_glob_does_not_go_round_in_circles(files, walk, tmp_path):
    files("news/a.txt", "news/in/b.txt")
    for number in range(5):
        (tmp_path / "news" / f"link{number}").symlink_to("..")
        (tmp_path / "news" / "in" / f"link{number}").symlink_to("..")
    assert walk("news/**/*").names == ["news/a.txt", "news/in/b.txt"]


def test_an_ignore_file_that_would_take_very_long_is_told_and_not_used(files, ignore, walk, tmp_path):
    files("in/a.txt", f"in/{'a' * 240}.txt")
    ignore("in/.ignore", "*a*a*a*a*a*a*a*b", "a.txt", "**/a/**/a/**/a/**/b")
    (tmp_path / "in" / ".claimsignore").write_bytes(b"a.txt\n" * 200_000)
    begin = time.monotonic()
    found = walk("in")
    assert time.monotonic() - begin < 5
    assert found.names == [f"in/{'a' * 240}.txt"]
    reason = "has too many wildcards and is not used; write it with fewer *"
    assert found.errors == [
        "in/.claimsignore: the ignore file is too long and is not used; shorten it",
        f"in/.ignore: its rule on line 1 {reason}",
        f"in/.ignore: its rule on line 3 {reason}",
    ]


def test_an_ignore_file_of_any_bytes_is_read_as_far_as_it_makes_sense(files, walk, tmp_path):
    files("a.txt", "b.txt", os.fsdecode(b"raw\xff.txt"))
    (tmp_path / ".ignore").write_bytes(b"!\n[z-a]\n\\\n\0\xfe\xff\nraw\xff.txt\r\nb.txt\r\n")
    assert walk().names == ["a.txt"]
