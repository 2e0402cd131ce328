"""One file per flow; `FLOWS` in `servicebot.dialogue.registry` names them."""
