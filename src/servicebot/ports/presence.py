"""The port to who is at the desk."""

from typing import Protocol


class Presence(Protocol):
    """Knows which agents are signed in."""

    async def is_here(self, agent: str) -> bool:
        """Whether the agent is signed in now."""
