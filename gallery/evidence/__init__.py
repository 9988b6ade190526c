"""The evidence pack: what the gallery knows of some images in one file, which stands without the gallery.

A pack is a ZIP file of these members:

    originals/…       the files as they came, byte for byte
    pictures/…        small pictures for the page
    images.json       one object an image: its file, its album, its times, its position
    claims.json       who claims what about where each was taken, the distances between, the doubts
    decisions.json    every verdict, also those that were taken back
    credentials.json  what content credentials in the files say
    chain.jsonl       the audit chain, from the first entry about one of the images to the newest
    index.html        a page that explains all this to a person
    public_key.pem    Ed25519 (RFC 8032), as SubjectPublicKeyInfo
    SHA256SUMS        of all of these, as `sha256sum -c` reads it
    manifest.json     canonical JSON (see `gallery.chain`): name, size and SHA-256 of every member above
    manifest.sig      the signature of the bytes of manifest.json, 64 bytes
"""
