"""Brings photo.jpg into the album, with where the device said it was."""

import json
import os
from pathlib import Path
from urllib.parse import quote

import httpx

album = quote(os.environ["EVIDENT_ALBUM"], safe="")
with Path("photo.jpg").open("rb") as file:
    answer = httpx.post(
        f"{os.environ['EVIDENT_URL']}/api/v1/albums/{album}/images",
        headers={"Authorization": f"Bearer {os.environ['EVIDENT_TOKEN']}"},
        files={"file": ("photo.jpg", file)},
        data={
            "tags": "inspection,north side",
            "title": "Crack in the third pier",
            "location": json.dumps({"latitude": 48.8619, "longitude": 2.3364, "accuracy": 12.5}),
        },
        timeout=120,
    ).raise_for_status()
was_new = answer.status_code == 201  # 200: the album has this file already
print(answer.json()[0]["id"])
