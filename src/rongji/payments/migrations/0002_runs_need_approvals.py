from django.db import migrations

from rongji.payments.run_guard import install, remove


class Migration(migrations.Migration):

    dependencies = [("payments", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
