#!/bin/sh
# Brings photo.jpg into the album, with where the device said it was.
set -eu
curl --fail-with-body --silent --show-error \
  --header "Authorization: Bearer $EVIDENT_TOKEN" \
  --form "file=@photo.jpg" \
  --form "tags=inspection,north side" \
  --form "title=Crack in the third pier" \
  --form 'location={"latitude": 48.8619, "longitude": 2.3364, "accuracy": 12.5}' \
  "$EVIDENT_URL/api/v1/albums/$EVIDENT_ALBUM/images"
