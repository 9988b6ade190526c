def discard(images, user, settings):
    return 0
