"""What can be wrong, as exceptions. Messages say `<problem> (<why>) <what to do>`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ChasmError(Exception):
    """Base of everything that this package raises on its own."""


class InputError(ChasmError, ValueError):
    """What was given cannot be used: a study, a value, an argument."""


class FileError(ChasmError, OSError):
    """A path that cannot be opened as a result of chasm."""


class FormatError(FileError):
    """A result file of a format version that this package does not know."""


class UnknownName(ChasmError, KeyError):
    """A metric, series, arm or parameter that the result does not have; the message offers the nearest names."""

    def __str__(self) -> str:  # KeyError would show the message in quotes
        return str(self.args[0]) if self.args else ""


class NotRecorded(ChasmError, LookupError):
    """The study did not keep what is asked for; the message says what to put under `[outputs]`."""


class NotPossible(ChasmError, ValueError):
    """The statistic needs more than the study has: arms, replications, futures, another design."""


class MachineError(ChasmError, RuntimeError):
    """The machine failed: memory, disk, a library. Also raised where the simulator was not built."""


class FailedWorldsWarning(UserWarning):
    """Some worlds of the result failed or were not run; statistics leave them out and count them."""


def nearest(name: str, known: Iterable[str], most: int = 4) -> str:
    """Words that offer the names nearest to `name`.

    >>> nearest("relised_value", ["realised_value", "spending"])
    'did you mean "realised_value"?'
    >>> nearest("x", ["spending", "net_value"])
    'there are: net_value, spending'
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=most, cutoff=0.6)
    close += [n for n in names if name.lower() in n.lower() and n not in close][: most - len(close)]
    if close:
        return "did you mean " + ", ".join(f'"{n}"' for n in close) + "?"
    if not names:
        return "there are none"
    shown = ", ".join(names[:8])
    return f"there are: {shown}" + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def unknown(kind: str, name: object, known: Iterable[str]) -> UnknownName:
    return UnknownName(f'no {kind} is called "{name}" ({nearest(str(name), known)}) choose one of those')


def no_worlds(what: str) -> NotRecorded:
    return NotRecorded(
        f'{what} needs worlds, and this result keeps none (outputs.worlds is "none"; summary, paired, frequencies, '
        'quantiles and failures can do without) write worlds = "all" under [outputs] and run the study again'
    )
