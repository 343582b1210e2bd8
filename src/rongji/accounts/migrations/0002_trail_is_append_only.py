"""Triggers: the database itself refuses to change or delete an audit entry. Reversible."""

from django.db import migrations

from rongji.accounts.append_only import install, remove

TABLE = "accounts_trailentry"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts")]

    operations = [migrations.RunPython(install(TABLE, "sequence"), remove(TABLE), elidable=False)]
