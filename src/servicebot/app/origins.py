"""Which pages the bot may link to."""

from servicebot.screening.addresses import read_origin
from servicebot.settings import Settings


def allowed_origins(settings: Settings) -> frozenset[str]:
    """The bank's pages and this server's own."""
    bank = settings.bank
    urls = (bank.url, bank.page_origin, settings.web.public_url)
    found = (read_origin(url) for url in urls if url)
    return frozenset(str(one) for one in found if one is not None)
