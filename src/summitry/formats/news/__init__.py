"""A piece of news as files: Atom, DOCX, ninjs; for print see :mod:`summitry.formats.pdf`.

>>> from summitry.formats.news import NewsItem, atom_feed, news_docx, ninjs
"""

from summitry.formats.news.atom import Feed, atom_feed
from summitry.formats.news.document import news_docx
from summitry.formats.news.item import Correction, NewsItem
from summitry.formats.news.ninjs import ninjs

__all__ = ["Correction", "Feed", "NewsItem", "atom_feed", "news_docx", "ninjs"]
