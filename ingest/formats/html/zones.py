"""Which parts of a page are its site's and not its article's, by their tags, roles and names.

    chrome     certainly no article: menus, page footers, dialogs, cookie notices
    site       parts with a name of their own: comments, related posts, newsletter, sharing
    margin     what may or may not belong to the article: side columns, banners, bylines
    article    all else

A name is a hint and no proof: sites call the wrapper of their whole page "header" or "widget".
So no part that holds half of the page's words, or the article itself, is taken for anything else.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum

from lxml.html import HtmlElement

from ingest.cleaning import words_in
from ingest.formats.html.blocks import PlacedBlock
from ingest.formats.html.structure import class_names

MAX_SHARE = 0.5
"""A part with more of the page's words than this is the page, whatever it is called."""


class Zone(IntEnum):
    """What a part of a page is; of nested parts the highest counts."""

    ARTICLE = 0
    MARGIN = 1
    SITE = 2
    CHROME = 3


_TAGS = {
    "nav": Zone.CHROME,
    "menu": Zone.CHROME,
    "dialog": Zone.CHROME,
    "search": Zone.CHROME,
}
_ROLES = {
    **dict.fromkeys(
        "navigation search menu menubar dialog alertdialog toolbar tablist contentinfo".split(),
        Zone.CHROME,
    ),
    **dict.fromkeys("banner complementary".split(), Zone.MARGIN),
}
# Sites make ids of their headings ("data-sharing", "age-related-changes"), so a word counts only
# as the whole name or beside the words that such parts are named with.
_PART = (
    r"(?:[-_](?:area|bar|block|box|buttons?|card|carousel|container|content|form|heading|icons?|inner"
    r"|items?|links?|list|menu|module|outer|panel|row|section|slider|title|tools?|widgets?|primary|secondary|wrap(?:per)?))*"
)
_OWNER = (
    r"(?:(?:article|blog|block|content|entry|footer|global|jp|js|main|mobile|module|page|posts?|section"
    r"|sidebar|single|site|widget|wp|wp-block|wpb)[-_]+)*"
)
_NAMES = (
    (
        Zone.CHROME,
        r"(?:.*[-_])?(?:cookies?|gdpr|onetrust|cookiebot|cmplz|borlabs)(?:[-_].*)?",
        r"{owner}(?:breadcrumbs?|skip-?links?|pagination|pager|login|sign-?in|search-?form){part}",
    ),
    (
        Zone.SITE,
        r"{owner}(?:related|recommended|popular|trending|recent|more|latest)[-_]?(?:posts?|articles?"
        r"|content|stories|reading|pages|news|links){part}",
        r"{owner}(?:related|recommended|trending){part}|yarpp.*|jp-relatedposts|outbrain.*|taboola.*",
        r"{owner}(?:comments?|commentlist|comment-respond|respond){part}|disqus.*|comment-?form",
        r"{owner}(?:newsletter|subscribe|subscription|mailchimp|mc4wp|sign-?up|optin)(?:[-_].*)?",
        r"{owner}(?:social[-_])?(?:share|shares|sharing){part}|sharedaddy|share-?this|sharethis.*",
        r"addthis.*|addtoany.*|shareaholic.*|{owner}social(?:[-_]?(?:media|networks?|sharing))?{part}",
        r"{owner}testimonials?{part}|{owner}(?:patient|client|customer|google)[-_]reviews?{part}",
        r"{owner}reviews?[-_](?:slider|carousel|widget|card)|{owner}opening-?(?:hours|times){part}",
        r"{owner}author-?(?:box|bio|card){part}|{owner}(?:cta|call-to-action|promo|banner-ad|ads?){part}",
        r"(?:.*[-_])?disclaimer(?:[-_].*)?",
        r"{owner}advert(?:s|isements?|ising)?{part}|google-ad.*|adsbygoogle",
    ),
    (
        Zone.MARGIN,
        r"{owner}(?:side-?bar|sidenav|rail|topbar|top-bar|toolbar|masthead|navbar|footer|(?:hero-)?banner|hero"
        r"|popup|pop-up|modal|overlay|tooltip|altmetrics?|metrics|byline|header|menu|nav"
        r"|navigation|meta|tags?|tag-cloud|tag-list|tools|categories|cat-links|carousel|thumbnails?"
        r"|thmbs|(?:right|left)-?(?:col|column|panel|rail|sidebar)){part}",
        r"(?:right|left|primary|secondary)-?sidebar|nav-.*|no-?print|hidden-print|figure-thmbs"
        r"|widget(?:_.*)?|(?:footer|sidebar)-widgets?",
    ),
)
_NAMED = tuple(
    (zone, re.compile("|".join(patterns).format(owner=_OWNER, part=_PART)))
    for zone, *patterns in _NAMES
)
_SECTIONS = ("article", "main", "section")
"""What stands inside one of these belongs to it, not to the whole page."""
_NEVER_NAMED = frozenset("html body article main h1 h2 h3 h4 h5 h6".split())
"""Whole pages, and headings: a heading's id is made of its words."""


class Zones:
    """The zones of one page, worked out once for each of its elements."""

    def __init__(self, blocks: Sequence[PlacedBlock]) -> None:
        self._words: Counter[HtmlElement] = Counter()
        for placed in blocks:
            for element in (placed.element, *placed.element.iterancestors()):
                self._words[element] += words_in(placed.block.text)
        self._all = max(self._words.values(), default=0)
        self._known: dict[HtmlElement, Zone] = {}

    def words(self, element: HtmlElement) -> int:
        """How many words the blocks inside an element have."""
        return self._words[element]

    def of(self, element: HtmlElement) -> Zone:
        """The zone that an element stands in."""
        if element not in self._known:
            parent = element.getparent()
            outside = Zone.ARTICLE if parent is None else self.of(parent)
            self._known[element] = max(outside, self._own(element))
        return self._known[element]

    def _own(self, element: HtmlElement) -> Zone:
        if self._words[element] > MAX_SHARE * self._all:
            return Zone.ARTICLE
        zone = max(_by_tag(element), _by_name(element))
        return Zone.ARTICLE if zone == Zone.MARGIN and _opens_article(element) else zone


def _opens_article(element: HtmlElement) -> bool:
    """Whether a banner or header holds the page's title and no menu."""
    titled = next(element.iter("h1"), None) is not None
    return titled and next(element.iter("nav"), None) is None


def _by_tag(element: HtmlElement) -> Zone:
    tag, role = str(element.tag), (element.get("role") or "").lower()
    if tag in ("footer", "header", "aside"):
        inside = any(parent.tag in _SECTIONS for parent in element.iterancestors())
        if tag == "footer":
            return Zone.MARGIN if inside else Zone.CHROME
        return Zone.ARTICLE if inside else Zone.MARGIN
    return max(_TAGS.get(tag, Zone.ARTICLE), _ROLES.get(role, Zone.ARTICLE))


def _by_name(element: HtmlElement) -> Zone:
    if element.tag in _NEVER_NAMED:
        return Zone.ARTICLE
    names = class_names(element)
    return next(
        (zone for zone, pattern in _NAMED if any(pattern.fullmatch(name) for name in names)),
        Zone.ARTICLE,
    )
