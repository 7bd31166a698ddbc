"""Which of the products given at the visit may go on this client's skin, and when. Pure."""

import re

from aftercare.content import Advice, ProductRule
from aftercare.facts import Product, TreatmentFacts

ALLERGENS: dict[str, tuple[str, str]] = {
    "latex_free": ("latex", "latex"),
    "avoid_chlorhexidine": ("chlorhexidine", "chlorhexidine"),
    "avoid_adhesive": ("adhesive", "plasters"),
    "avoid_iodine": ("iodine", "iodine"),
    "avoid_alcohol_wipes": ("alcohol", "alcohol wipes"),
    "product_allergy": ("", "a skin product"),
}
"""By flag: what a product must not contain, and how it is called on the sheet."""


def fitting(facts: TreatmentFacts) -> tuple[Product, ...]:
    """What was given, without what the client reacts to."""
    barred = {ALLERGENS[f][0] for f in facts.effective_flags if f in ALLERGENS}
    return tuple(p for p in facts.products if not barred & set(p.contains))


def plain(facts: TreatmentFacts, advice: Advice) -> tuple[Product, ...]:
    """What may be used at once: no line may tell a client to use what another line forbids."""
    return tuple(p for p in fitting(facts) if not rules_of(p, advice))


def rules_of(product: Product, advice: Advice) -> list[ProductRule]:
    """The rules that the product's name falls under."""
    name = product.name.casefold()
    return [
        rule
        for rule in advice.product_rules
        if any(re.search(rf"\b{re.escape(word)}(?!\w*[ -]free)", name) for word in rule.words)
    ]
