"""A client belongs to the organisation, and is seen at the sites that serve them.

`clients_clientsite` says which; a site sees nobody else. Its keys carry the organisation, so that
no row of another one can be meant. The site where somebody is registered sees them from then on.
"""

import django.db.models.deletion
from django.db import migrations, models

COPY = """
UPDATE clients_client SET organisation_id = s.organisation_id
FROM accounts_site s WHERE s.id = clients_client.site_id;
UPDATE clients_adverseevent SET site_id = c.site_id
FROM clients_client c WHERE c.id = clients_adverseevent.client_id;
UPDATE clients_clientlink SET site_id = c.site_id
FROM clients_client c WHERE c.id = clients_clientlink.client_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
PROMISES = """
INSERT INTO clients_clientsite (client_id, site_id, organisation_id, since)
    SELECT id, site_id, organisation_id, created_at FROM clients_client;
ALTER TABLE clients_client
    ADD CONSTRAINT client_of_organisation UNIQUE (id, organisation_id),
    ADD CONSTRAINT a_client_is_of_the_organisation_that_registered_them
        FOREIGN KEY (site_id, organisation_id) REFERENCES accounts_site (id, organisation_id);
ALTER TABLE clients_clientsite
    ADD CONSTRAINT a_client_is_seen_by_their_own_organisation
        FOREIGN KEY (client_id, organisation_id)
        REFERENCES clients_client (id, organisation_id),
    ADD CONSTRAINT a_client_is_seen_at_its_sites
        FOREIGN KEY (site_id, organisation_id) REFERENCES accounts_site (id, organisation_id);
ALTER TABLE clients_clientlink ADD CONSTRAINT a_link_is_sent_by_a_site_that_sees_the_client
    FOREIGN KEY (client_id, site_id) REFERENCES clients_clientsite (client_id, site_id);

CREATE FUNCTION clients_seen_where_registered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO clients_clientsite (client_id, site_id, organisation_id, since)
        VALUES (NEW.id, NEW.site_id, NEW.organisation_id, NEW.created_at);
    RETURN NULL;
END $$;
CREATE TRIGGER a_client_is_seen_where_registered AFTER INSERT ON clients_client
    FOR EACH ROW EXECUTE FUNCTION clients_seen_where_registered();
"""
UNDO = """
DROP TRIGGER a_client_is_seen_where_registered ON clients_client;
DROP FUNCTION clients_seen_where_registered();
ALTER TABLE clients_clientlink DROP CONSTRAINT a_link_is_sent_by_a_site_that_sees_the_client;
ALTER TABLE clients_clientsite
    DROP CONSTRAINT a_client_is_seen_at_its_sites,
    DROP CONSTRAINT a_client_is_seen_by_their_own_organisation;
ALTER TABLE clients_client
    DROP CONSTRAINT a_client_is_of_the_organisation_that_registered_them,
    DROP CONSTRAINT client_of_organisation;
"""


def _key(to: str, related_name: str, *, null: bool = False) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0006_what_follows_an_event"),
        ("accounts", "0005_organisation"),
    ]

    operations = [
        migrations.AddField(
            "client", "organisation", _key("accounts.organisation", "clients", null=True)
        ),
        migrations.AddField("clientlink", "site", _key("accounts.site", "+", null=True)),
        migrations.AddField("adverseevent", "site", _key("accounts.site", "+", null=True)),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.AlterField("client", "organisation", _key("accounts.organisation", "clients")),
        migrations.AlterField("clientlink", "site", _key("accounts.site", "+")),
        migrations.AlterField("adverseevent", "site", _key("accounts.site", "+")),
        migrations.CreateModel(
            name="ClientSite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("client", _key("clients.client", "seen_at")),
                ("organisation", _key("accounts.organisation", "+")),
                ("site", _key("accounts.site", "+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "site"), name="a_site_sees_a_client_once"
                    )
                ]
            },
        ),
        migrations.RunSQL(PROMISES, UNDO),
        migrations.RemoveIndex("client", "client_by_name"),
        migrations.RemoveIndex("client", "client_by_birth"),
        migrations.AddIndex(
            "client",
            models.Index(fields=["organisation", "name_key", "id"], name="client_by_name"),
        ),
        migrations.AddIndex(
            "client",
            models.Index(fields=["organisation", "date_of_birth"], name="client_by_birth"),
        ),
    ]
