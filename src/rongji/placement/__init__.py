"""阳光安置: cohorts, posts, points, ranking, the choosing session, contracts and the hand-over of files."""
