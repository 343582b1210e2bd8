from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_trail_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("room", models.CharField(max_length=32, verbose_name="房间")),
                ("part", models.CharField(blank=True, max_length=128, verbose_name="其中")),
                ("hash", models.CharField(max_length=64, verbose_name="最后一条哈希")),
            ],
            options={
                "verbose_name": "房间戳",
                "verbose_name_plural": "房间戳",
                "constraints": [models.UniqueConstraint(fields=("room", "part"), name="room_stamp_once")],
            },
        ),
    ]
