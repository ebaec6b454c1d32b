from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0004_handovers_guarded")]

    operations = [
        migrations.AddField(
            model_name="followupsettings",
            name="iati_organisation",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="followupsettings",
            name="remind_every_days",
            field=models.PositiveSmallIntegerField(default=30),
        ),
    ]
