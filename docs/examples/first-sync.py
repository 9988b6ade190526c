"""Keeps the record of every image that the token may see in images.json, a page of 500 at a time."""

import json
import os
from pathlib import Path

import httpx

headers = {"Authorization": f"Bearer {os.environ['EVIDENT_TOKEN']}"}
url = f"{os.environ['EVIDENT_URL']}/api/v1/image_syncs?limit=500"
records = []
with httpx.Client(headers=headers, timeout=60) as client:
    while url:
        page = client.get(url).raise_for_status()
        records += page.json()
        url = page.links.get("next", {}).get("url")
Path("images.json").write_text(json.dumps(records))
print(f"{len(records)} images")
