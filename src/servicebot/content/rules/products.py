"""Products are known, named once, and have a name to be shown by."""

from collections.abc import Iterator

from servicebot.content.content import Content
from servicebot.content.product import ProductNames
from servicebot.content.rules.finding import Finding, squeeze
from servicebot.domain.understanding import Language


def products_named(content: Content) -> Iterator[Finding]:
    """Each product has names in both languages; nothing else has."""
    for product in content.products.values():
        for language in Language:
            if (product.id, language) not in content.product_names:
                message = f"Write what customers call it under `{product.id}: |` in intents/{language}/products.yaml."
                yield Finding(
                    path=product.path, rule="unnamed-product", message=message, near=product.id
                )
    for names in content.product_names.values():
        if names.id not in content.products:
            message = f"There is no product `{names.id}`. Add it to knowledge_base/products.csv."
            yield Finding(
                path=names.path, rule="unknown-product", message=message, near=f"{names.id}:"
            )


def names_unique(content: Content) -> Iterator[Finding]:
    """No name stands twice: the bot could only guess which product is meant."""
    owners: dict[str, ProductNames] = {}
    for names in content.product_names.values():
        for name in names.names:
            first = owners.setdefault(squeeze(name), names)
            if first is not names:
                message = f"`{name}` already names `{first.id}` in {first.path}."
                yield Finding(path=names.path, rule="doubled-name", message=message, near=name)


def products_shown(content: Content) -> Iterator[Finding]:
    """The name a line is shown by."""
    for product in content.products.values():
        reply = f"product_{product.id}"
        for language in Language:
            if product.line and (reply, language) not in content.replies:
                message = f"Write the name to show, `{reply}: …`, in intents/{language}/replies/."
                yield Finding(
                    path=product.path, rule="unshown-product", message=message, near=product.id
                )
