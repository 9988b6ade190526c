"""From which difference on the claims of an image are doubted. The README says where each figure is from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What an operator can set, with what is right for most."""

    tolerance_m: int = 200
    """A photographer walks on between the picture and the upload."""
    unstated_radius_m: int = 1_000
    """What a source that gives no radius is trusted with: an unknown radius is not zero."""
    stale_fix_s: int = 300
    """The age of a browser's position from which it no longer says where the upload was made."""
    upload_gap_s: int = 3_600
    """The time between picture and upload from which both may be made at different places."""
    clock_s: int = 300
    """What the clocks of camera, satellites and server may differ by."""
    zone_hours: int = 4
    """What a clock may be off the sun: 3.1 hours in the west of China, and an hour of summer time."""
    speed_km_h: int = 1_000
    """Nobody travels faster: an airliner makes 900."""
    travel_km: int = 50
    """The way from which speed is looked at: below, a wrong minute or radius makes a rocket of a bus."""
    same_picture_bits: int = 3
    """In which fingerprints of one picture may differ: they are found by an equal quarter, so 3 at most."""
    same_picture_km: int = 1
    """How far two images of one picture may be apart beyond their radii."""
