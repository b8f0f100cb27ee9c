"""Report an article that nobody translated once, not passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit.model import Confidence, Document, Hit

_FEWEST = 3  # passages that are summed up
_SHARE = 0.7  # of the characters of the blocks: names, dates and captions tell of no language


def summed_up(document: Document, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return `hits`, or if they cover nearly all of the article one at its first block, in their commonest language.

    Every hit has the values `what`, the subject of the message, and `language`.
    """
    if len(hits) < _FEWEST:
        return hits
    covered = sum(hit.end - hit.start for hit in hits)
    if covered < _SHARE * sum(block.end - block.start for block in document.blocks):
        return hits
    first = document.block_at(hits[0].start)
    languages = Counter(hit.values["language"] for hit in hits)
    if first is None:
        return hits
    values = {"what": "The whole article", "language": languages.most_common(1)[0][0]}
    return [Hit(first.start, first.end, max(Confidence.MEDIUM, hits[0].confidence), values)]
