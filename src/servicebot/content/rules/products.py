"""Products are known, named once, and have a name to be shown by."""

from collections.abc import Iterator

from servicebot.content.content import Content
from servicebot.content.near_name import nearest
from servicebot.content.place import Place, Spot
from servicebot.content.product import ProductNames
from servicebot.content.rules.finding import Args, Finding, find, squeeze
from servicebot.domain.understanding import Language


def products_named(content: Content) -> Iterator[Finding]:
    """Each product has names in both languages; nothing else has."""
    for product in content.products.values():
        if product.daily_rate and product.daily_rate not in content.values:
            name, near = product.daily_rate, nearest(product.daily_rate, content.values)
            place = Place(key=product.id)
            yield find(product.path, "unknown-figure", place, name=name, near=near)
    for language in Language:
        unnamed = {p for p in content.products if (p, language) not in content.product_names}
        for (name, spoken), names in content.product_names.items():
            if spoken is language and name not in content.products:
                near = nearest(name, unnamed) or nearest(name, content.products)
                unnamed.discard(near)  # mistyped, and not told as missing too
                yield find(names.path, "unknown-product", Place(key=name), name=name, near=near)
        for name in sorted(unnamed):
            file = f"intents/{language}/products.yaml"
            path, place = content.products[name].path, Place(key=name)
            yield find(path, "unnamed-product", place, name=name, file=file)


def names_unique(content: Content) -> Iterator[Finding]:
    """No name stands twice: the bot could only guess which product is meant."""
    owners: dict[str, ProductNames] = {}
    for names in content.product_names.values():
        for name in names.names:
            first = owners.setdefault(squeeze(name), names)
            if first.id != names.id:
                spot = Spot(first.path, Place(key=first.id, words=name))
                args: Args = {"name": name, "product": first.id, "first": spot}
                yield find(names.path, "doubled-name", Place(key=names.id, words=name), **args)


def products_shown(content: Content) -> Iterator[Finding]:
    """The name a line is shown by."""
    for product in content.products.values():
        reply = f"product_{product.id}"
        for language in Language:
            if product.line and (reply, language) not in content.replies:
                args: Args = {"reply": reply, "folder": f"intents/{language}/replies/"}
                yield find(product.path, "unshown-product", Place(key=product.id), **args)
