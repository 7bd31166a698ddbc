"""A fixed cast: one clinic with two sites, a person for every role, three procedures."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from clinic.accounts.models import Membership, Organisation, Site, User
from clinic.clients.models import Client
from clinic.clients.names import sort_key
from clinic.core.actor import Actor, Role
from clinic.procedures.models import Modality, Procedure, Room
from screening.actions import publish_latest
from screening.models import RulePack
from screening.packs import Tables, latest, tables_of
from screening.published import newest_row
from tests.factories.days import NOW

PASSWORD = "correct horse battery"
FACE = ["forehead", "cheeks", "nose", "chin_jaw", "perioral", "periorbital"]
OFFERED = [
    ("Microneedling pen", Modality.MN_PEN, "0.25", "2.50", 28, 24),
    ("Microneedling roller", Modality.MN_ROLLER, "0.20", "1.50", 28, 24),
    ("Radiofrequency microneedling", Modality.RF_MN, "0.50", "3.00", 42, 48),
]


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who is who. `riverside` is where everybody works; `hilltop` has only Hana."""

    riverside: Site
    hilltop: Site
    fred: User  # front desk
    petra: User  # practitioner
    rosa: User  # prescriber
    lena: User  # clinical lead
    mark: User  # manager
    audra: User  # auditor
    hana: User  # front desk and practitioner at hilltop
    pen: Procedure
    roller: Procedure
    rf: Procedure
    room: Room
    second_room: Room

    def actor(self, user: User) -> Actor:
        """That person at the site they work at, with all their roles."""
        memberships = list(user.memberships.select_related("site"))
        roles = frozenset(Role(m.role) for m in memberships)
        return user.as_actor(memberships[0].site, roles)


def _user(name: str, site: Site, *roles: Role, registration: str = "") -> User:
    user = User.objects.create_user(
        email=f"{name.split()[0].lower()}@clinic.example",
        password=PASSWORD,
        name=name,
        registration=registration,
    )
    for role in roles:
        Membership.objects.create(user=user, site=site, role=role)
    return user


def _site(name: str, organisation: Organisation) -> Site:
    return Site.objects.create(
        organisation=organisation,
        name=name,
        address=f"1 {name} Road, London SE1 0AA",
        phone="020 7946 0000",
        emergency_phone="020 7946 0911",
        out_of_hours="After 18:00 call NHS 111.",
        opens=time(9),
        closes=time(18),
    )


def _procedures(site: Site, performers: list[User]) -> list[Procedure]:
    made = []
    for name, modality, shallow, deep, interval, cooling in OFFERED:
        procedure = Procedure.objects.create(
            site=site,
            name=name,
            modality=modality,
            min_depth_mm=shallow,
            max_depth_mm=deep,
            areas=[*FACE, "neck", "chest", "abdomen", "scalp"],
            duration_minutes=60,
            interval_days=interval,
            deep_interval_days=42,
            cooling_off_hours=cooling,
        )
        procedure.performers.set(performers)
        procedure.refresh_from_db()
        made.append(procedure)
    return made


def cast() -> Cast:
    """Make everybody. Two sites, so that "another site's record" can be tried."""
    clinics = Organisation.objects.create(name="Riverside clinics")
    riverside, hilltop = _site("Riverside", clinics), _site("Hilltop", clinics)
    petra = _user("Petra Novak", riverside, Role.PRACTITIONER, registration="NMC 12A3456E")
    rosa = _user("Rosa Marsh", riverside, Role.PRESCRIBER, registration="NMC 98B7654E, V300")
    lena = _user("Lena Frost", riverside, Role.CLINICAL_LEAD, registration="GMC 7654321")
    hana = _user("Hana Iwu", hilltop, Role.FRONT_DESK, Role.PRACTITIONER)
    pen, roller, rf = _procedures(riverside, [petra, rosa, lena])
    _procedures(hilltop, [hana])
    Room.objects.create(site=hilltop, name="Room A")
    return Cast(
        riverside=riverside,
        hilltop=hilltop,
        fred=_user("Fred Okoye", riverside, Role.FRONT_DESK),
        petra=petra,
        rosa=rosa,
        lena=lena,
        mark=_user("Mark Diaz", riverside, Role.MANAGER),
        audra=_user("Audra Lim", riverside, Role.AUDITOR),
        hana=hana,
        pen=pen,
        roller=roller,
        rf=rf,
        room=Room.objects.create(site=riverside, name="Room 1"),
        second_room=Room.objects.create(site=riverside, name="Room 2"),
    )


def client(site: Site, **fields: Any) -> Client:
    """A client, Maya Lind unless told otherwise. Search words are made by the action, not here."""
    values: dict[str, Any] = {
        "first_name": "Maya",
        "last_name": "Lind",
        "date_of_birth": date(1990, 4, 12),
        "phone": "07700 900123",
        "email": "maya@example.com",
        "created_at": NOW,
    } | fields
    values.setdefault("search_text", f"{values['first_name']} {values['last_name']}".lower())
    names = {key: values[key] for key in ("first_name", "last_name")}
    values.setdefault("name_key", sort_key(**names))
    made = Client.objects.create(site=site, organisation=site.organisation, **values)
    made.refresh_from_db()
    return made


def pack_with(*, version: str, **head: str) -> Tables:
    """The tables of the newest released pack under another version, to publish it again."""
    tables = tables_of(latest().id)
    tables["questions"]["pack"] = {**as_head(tables), "version": version, **head}
    return tables


def as_head(tables: Tables) -> dict[str, Any]:
    """The part of a pack's tables that names it."""
    head = tables["questions"]["pack"]
    assert isinstance(head, dict)
    return head


def pack() -> RulePack:
    """The pack the tests screen with: the newest one of this release."""
    return newest_row() or publish_latest(NOW)
