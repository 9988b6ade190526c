"""Keeps a mirror of every record in mirror.json up to date: run it again, or in a loop with wait=30."""

import json
import os
from pathlib import Path

import httpx

kept = Path("mirror.json")
mirror = json.loads(kept.read_text()) if kept.exists() else {"cursor": "", "images": {}}
headers = {"Authorization": f"Bearer {os.environ['EVIDENT_TOKEN']}"}
url = f"{os.environ['EVIDENT_URL']}/api/v1/image_syncs/changes"
with httpx.Client(headers=headers, timeout=60) as client:
    has_more = True
    while has_more:
        answer = client.get(url, params={"cursor": mirror["cursor"], "limit": 500})
        if answer.status_code == 410:  # away for more than 30 days, or the token sees other albums now
            mirror = {"cursor": "", "images": {}}
            continue
        page = answer.raise_for_status().json()
        for gone in page["deleted"]:
            mirror["images"].pop(gone["id"], None)
        for record in page["upserted"]:
            mirror["images"][record["id"]] = record
        mirror["cursor"], has_more = page["cursor"], page["has_more"]
        kept.write_text(json.dumps(mirror))
print(f"{len(mirror['images'])} images")
