"""servicebot: a bank's voice in messaging apps.

Reading order: `turns/turn.py` tells one turn; `dialogue/decide.py` what it decides;
`understanding/understand.py` how words become topics; `app/engine.py` how the parts meet. Dependencies
run one way, as the layers in pyproject.toml have it. docs/architecture.md is the map.
"""

__version__ = "0.1.0"
