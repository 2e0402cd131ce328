"""What browsers are told to forbid on every page and file."""

from typing import Final

# Trusted Types: no text may become markup or code anywhere, whatever a script does with it.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
_UNUSED: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS: Final = ", ".join(f"{name}=()" for name in _UNUSED)
TLS_ONLY: Final = "max-age=31536000"
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def security_headers(public_url: str) -> dict[str, str]:
    """The headers of every answer.

    Args:
        public_url: Where browsers reach the server; over TLS they are told to use nothing else
            for a year.
    """
    if not public_url.startswith("https://"):
        return dict(_HEADERS)
    return {**_HEADERS, "Strict-Transport-Security": TLS_ONLY}
