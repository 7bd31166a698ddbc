"""A second organisation, in which nothing of the first one may ever be seen."""

from datetime import time

from clinic.accounts.models import Membership, Organisation, Site, User
from clinic.core.actor import Role
from tests.factories.people import PASSWORD


def stranger() -> User:
    """Olga, who works at the one site of another organisation, as everything."""
    site = Site.objects.create(
        organisation=Organisation.objects.create(name="Other clinics"),
        name="Northgate",
        address="9 North Gate, York YO1 7AA",
        phone="01904 496 0000",
        emergency_phone="01904 496 0911",
        opens=time(9),
        closes=time(18),
    )
    user = User.objects.create_user(email="olga@other.example", password=PASSWORD, name="Olga Berg")
    for role in (Role.FRONT_DESK, Role.PRACTITIONER, Role.CLINICAL_LEAD, Role.MANAGER):
        Membership.objects.create(user=user, site=site, role=role)
    return user
