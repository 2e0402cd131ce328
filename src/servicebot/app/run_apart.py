"""Runs one job in a process of its own, so that its memory goes back to the machine with it."""

import logging
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import MappingProxyType

logger = logging.getLogger(__name__)


def run_apart(job: Callable[..., object], *arguments: object) -> None:
    """Calls `job` in a fresh process and waits for its end; what it returns is dropped.

    A job that fails is logged, not raised: the caller looks for what the job should have left
    behind and does it itself when nothing is there. There is no deadline: a busy machine is slow.
    """
    with tempfile.TemporaryDirectory(prefix="apart-") as folder:
        # Through a file: a child that dies before it has read them would leave its parent waiting
        # at the pipe for ever.
        task = Path(folder) / "task"
        task.write_bytes(dumps((job, arguments)))
        process = multiprocessing.get_context("spawn").Process(
            target=_quietly, args=(task,), daemon=True
        )
        process.start()
        process.join()
    if process.exitcode != 0:
        logger.warning("process_apart_failed", extra={"exit_code": process.exitcode})


def dumps(value: object) -> bytes:
    """A value as the other process reads it."""
    ForkingPickler.register(MappingProxyType, _reduce)
    return bytes(ForkingPickler.dumps(value))


def _quietly(task: Path) -> None:
    """Ctrl-C reaches the whole group; this one just ends, its parent says what there is to say."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_parent()
    job, arguments = ForkingPickler.loads(task.read_bytes())
    job(*arguments)


def end_with_parent() -> None:
    """Ends this process when the one that began it is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody waits for the work of a parent that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _reduce(proxy: MappingProxyType[object, object]) -> tuple[Callable[..., object], tuple[object]]:
    """Frozen mappings cannot be pickled by themselves."""
    return _freeze, (dict(proxy),)


def _freeze(found: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(found)
