"""The station network as a picture: places on area shapes, or a tree where nothing has coordinates; no tile server."""
