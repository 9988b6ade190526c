#!/bin/sh
# Adds what has changed since the last run to changes.ndjson, a line a change; the cursor is in its last line.
set -eu
cursor=$(tail -n 1 changes.ndjson 2>/dev/null | sed -n 's/^{"cursor":"\([^"]*\)"}$/\1/p')
curl --fail-with-body --silent --show-error --get \
  --header "Authorization: Bearer $EVIDENT_TOKEN" \
  --header "Accept: application/x-ndjson" \
  --data-urlencode "cursor=$cursor" \
  "$EVIDENT_URL/api/v1/image_syncs/changes" >> changes.ndjson
