"""The companies of the sample: invented names, reserved example domains, who works there and when."""

from typing import NamedTuple


class Company(NamedTuple):
    """A company that does not exist."""

    name: str
    domain: str
    """Under the reserved top-level domain ``.example`` (RFC 2606)."""
    languages: tuple[str, ...]
    """What its people speak, in turn."""
    other_platform: str
    """Where some of its people talk to their twins instead of Slack; empty: nowhere."""


COMPANIES: tuple[Company, ...] = (
    Company("Acme Robotics", "acme.example", ("en", "en", "en-US", "hi", "en"), ""),
    Company("Nordlicht Energie", "nordlicht.example", ("de", "en", "fr", "de"), ""),
    Company("Casa Lumen", "casalumen.example", ("es", "pt", "en-US", "es"), "teams"),
    Company("Cedar & Crane Trading", "cedarcrane.example", ("ja", "ar", "he", "en"), ""),
    Company("Maple Street Clinics", "maplestreet.example", ("en-US", "en-US", "es", "en-US"), "web"),
    Company("Atelier Vauban", "vauban.example", ("fr", "fr", "en", "fr"), ""),
    Company("Hinterland Rail", "hinterlandrail.example", ("en", "de", "en", "hi"), "teams"),
    Company("Aozora Systems", "aozora.example", ("ja", "ja", "en", "ja"), ""),
    Company("Rio Claro Alimentos", "rioclaro.example", ("pt", "pt", "es", "pt"), ""),
    Company("Al-Waha Logistics", "alwaha.example", ("ar", "en", "ar", "hi"), "teams"),
    Company("Sundar Textiles", "sundar.example", ("hi", "hi", "en", "hi"), ""),
    Company("Galil Instruments", "galil.example", ("he", "en", "he", "en-US"), "web"),
)

ROTA = (0, 0, 1, 0, 2, 1, 3, 0, 2, 3, 1, 3)
"""Which company the first people belong to, in turn: some are larger than others."""

DEPARTMENTS = (
    "Sales",
    "Engineering",
    "Customer Success",
    "Finance",
    "Marketing",
    "Product",
    "Operations",
    "Support",
    "Legal",
    "Data",
    "People",
)

HOURS_EAST = {"en": 0.0, "en-US": -4.0, "de": 1.0, "fr": 1.0, "es": 1.0, "pt": -3.0} | {
    "ja": 6.0, "ar": 2.0, "he": 2.0, "hi": 4.5
}  # fmt: skip
"""How far a language's people begin their day before UTC's, in hours (the farthest of them start late)."""

NATIVE_SHARE = {"de": 0.5, "fr": 0.5, "es": 0.4, "pt": 0.45, "ja": 0.5, "ar": 0.4, "he": 0.3, "hi": 0.25}
"""Share of conversations a language's people have in it; the others are in English."""


def company_count(users: int) -> int:
    """Return in how many companies so many people work: 4 for a dozen, all of them from 200 on."""
    return min(users, len(COMPANIES), 4 + max(0, users - 24) // 22)


def company_of(place: int, users: int) -> int:
    """Return the index of the company of user number ``place``."""
    count = company_count(users)
    if users < 7 or (count > 4 and place < count):
        return place % count
    if count == 4:
        return ROTA[place % len(ROTA)]
    return (place * place + place // 7) % (count + 4) % count
