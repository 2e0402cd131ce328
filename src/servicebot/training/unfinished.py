"""Keeps a training run that was interrupted, so that it goes on where it stopped."""

import json
from pathlib import Path
from typing import Final

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn

_STATE: Final = ("exp_avg", "exp_avg_sq", "step")


class Unfinished:
    """One file for each stage of a run; it goes when the run is done.

    `run` names everything the run depends on: a file of another run is not taken up.
    """

    def __init__(self, path: Path, run: str) -> None:
        self._path = path
        self._run = run

    def keep(self, model: nn.Module, optimizer: torch.optim.AdamW, steps: int) -> None:
        """Writes weights and moments whole, or leaves what was there."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
        for number, parameter in enumerate(_parameters(optimizer)):
            for part, value in optimizer.state[parameter].items():  # none for what got no gradient
                tensors[f"moment.{number}.{part}"] = value
        fresh = self._path.with_suffix(".new")
        whole = {name: value.detach().contiguous().clone() for name, value in tensors.items()}
        save_file(whole, fresh, metadata={"run": json.dumps([self._run, steps])})
        fresh.replace(self._path)

    def take_up(self, model: nn.Module, optimizer: torch.optim.AdamW) -> int:
        """Loads what was kept; returns the steps made, 0 where there is nothing of this run."""
        if not self._path.is_file():
            return 0
        with safe_open(self._path, framework="pt") as file:
            run, steps = json.loads((file.metadata() or {}).get("run", '["", 0]'))
            if run != self._run:
                return 0
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
        model.load_state_dict(
            {
                name.removeprefix("model."): value
                for name, value in tensors.items()
                if name.startswith("model.")
            }
        )
        for number, parameter in enumerate(_parameters(optimizer)):
            kept = {part: tensors.get(f"moment.{number}.{part}") for part in _STATE}
            if kept["step"] is not None:
                optimizer.state[parameter] = kept
        return int(steps)

    def forget(self) -> None:
        """Removes the file."""
        self._path.unlink(missing_ok=True)


def _parameters(optimizer: torch.optim.AdamW) -> list[torch.nn.Parameter]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]
