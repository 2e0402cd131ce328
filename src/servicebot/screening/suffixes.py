"""Which names end a host: the public suffixes, from the snapshot that tldextract carries."""

from functools import lru_cache
from typing import Final

import tldextract

_FOR_TESTS: Final = frozenset({"例子", "测试"})  # of IANA, still in use as a sample


@lru_cache(maxsize=1)
def last_labels() -> frozenset[str]:
    """Every label that the public-suffix list ends with; nothing is fetched or written."""
    extract = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True)
    found = {suffix.rsplit(".", 1)[-1] for suffix in extract.tlds}
    found |= _FOR_TESTS
    return frozenset(found | {_punycode(one) for one in found if not one.isascii()})


@lru_cache(maxsize=1)
def chinese_last_labels() -> tuple[str, ...]:
    """Those in Chinese characters, the longest first."""
    found = [one for one in last_labels() if all("\u3400" <= sign <= "\u9fff" for sign in one)]
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


def _punycode(label: str) -> str:
    return "xn--" + label.encode("punycode").decode()
