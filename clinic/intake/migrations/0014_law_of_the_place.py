"""A screening keeps in which country its site was, for its law; of earlier ones it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0013_paper")]

    operations = [
        migrations.AddField(
            model_name="screening",
            name="country",
            field=models.CharField(blank=True, db_default="", default="", max_length=6),
        ),
    ]
