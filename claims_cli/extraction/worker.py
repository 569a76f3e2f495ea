"""The program of a worker: a function of `analysis` and its arguments come in, what it gives goes out."""

import gc
import pickle
import sys

from claims_cli.errors import ClaimsError
from claims_cli.extraction import analysis
from claims_cli.programs import answers


def main() -> None:
    """Answer requests until there are no more."""
    stream = answers()
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
        pickle.dump(answer, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()
        if is_new:  # model and rules are loaded, and stay: they need not be looked through for what can go
            gc.collect()
            gc.freeze()
            is_new = False


if __name__ == "__main__":
    main()
