"""Every read of the newsroom."""

from summitry.newsroom.queries.desk import Editor, ReleaseRow, editor, release_rows
from summitry.newsroom.queries.public import (
    PublicRelease,
    is_withdrawn,
    public_edition,
    public_release,
    public_releases,
)
from summitry.newsroom.queries.review import Now, Reviewed, review, sentences_of

__all__ = [
    "Editor",
    "Now",
    "PublicRelease",
    "ReleaseRow",
    "Reviewed",
    "editor",
    "is_withdrawn",
    "public_edition",
    "public_release",
    "public_releases",
    "release_rows",
    "review",
    "sentences_of",
]
