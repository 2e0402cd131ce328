"""`servicebot chat`: talk with the running server in the terminal."""

import asyncio
import secrets

import aiohttp
import click

from servicebot.cli.environment import settings_now
from servicebot.domain.errors import UnavailableError

_ANSWER_S = 25.0


@click.command()
@click.option("--url", default=None, help="The server; http://127.0.0.1:8080 unless set.")
@click.option("--conversation", default=None, help="Go on with a conversation.")
def chat(url: str | None, conversation: str | None) -> None:
    """Talk with a running server. An empty line ends it."""
    settings = settings_now()
    base = url or settings.web.public_url or f"http://{settings.web.host}:{settings.web.port}"
    name = conversation or f"terminal-{secrets.token_hex(4)}"
    click.echo(f"{base} · {name}")
    asyncio.run(_talk(base, name, settings.web.api_token))


async def _talk(base: str, name: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    timeout = aiohttp.ClientTimeout(total=_ANSWER_S)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
        while text := (
            await asyncio.to_thread(
                click.prompt, ">", default="", show_default=False, prompt_suffix=" "
            )
        ):
            body = {"conversation": name, "id": secrets.token_hex(8), "text": text}
            try:
                async with session.post(f"{base}/v1/messages?wait=1", json=body) as response:
                    answer = await response.json(content_type=None)
            except (aiohttp.ClientError, TimeoutError) as error:
                message = f"{base} does not answer; start it with `make run`."
                raise UnavailableError(message) from error
            for reply in answer.get("replies") or ():
                click.echo(reply["text"])
                if reply["buttons"]:
                    click.echo("  [" + "] [".join(b["says"] for b in reply["buttons"]) + "]")
            if "detail" in answer:
                click.echo(answer["detail"])
