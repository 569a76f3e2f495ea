"""The program of a worker: a function of `analysis` and its arguments come in, what it gives goes out."""

import gc
import os
import pickle
import sys

from claims_cli.errors import ClaimsError
from claims_cli.extraction import analysis


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what a library prints is no answer
    is_new = True
    while True:
        try:
            function, arguments = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = getattr(analysis, function)(*arguments)
        except ClaimsError:  # the caller finds out why, when it loads model and rules itself
            answer = None
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
        if is_new:  # model and rules are loaded, and stay: they need not be looked through for what can go
            gc.collect()
            gc.freeze()
            is_new = False


if __name__ == "__main__":
    main()
