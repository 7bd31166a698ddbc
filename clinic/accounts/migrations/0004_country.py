"""Each site says in which country it is, by its code."""

from django.db import migrations, models

from clinic.core.grants import AllowUpdate


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_in_attempts"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="country",
            field=models.CharField(
                choices=[
                    ("GB-ENG", "England"),
                    ("GB-SCT", "Scotland"),
                    ("GB-WLS", "Wales"),
                    ("GB-NIR", "Northern Ireland"),
                    ("GB", "United Kingdom, nation not told"),
                    ("IE", "Ireland"),
                    ("EU", "European Union, another country"),
                    ("US", "United States"),
                    ("CA", "Canada"),
                    ("AU", "Australia"),
                    ("NZ", "New Zealand"),
                ],
                default="GB",
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("country__regex", "^[A-Z]{2}(-[A-Z]{3})?$")),
                name="a_site_is_in_a_country_by_its_code",
            ),
        ),
        AllowUpdate("accounts_site", columns=["country"]),
    ]
