"""Which pages the bot may link to."""

from urllib.parse import urlsplit

from servicebot.settings import Settings


def allowed_origins(settings: Settings) -> frozenset[str]:
    """The bank's pages and this server's own."""
    bank = settings.bank
    urls = (bank.url, bank.page_origin, settings.web.public_url)
    return frozenset(_origin(url) for url in urls if url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
