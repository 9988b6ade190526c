"""What a drawn picture may cost, which is more than it ever does."""

from gallery.media.confinement import Limits

LIMITS = Limits(timeout_s=60, memory_bytes=2 * 1024**3)
