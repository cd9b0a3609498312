"""Lines in which a website speaks of itself: booking, paying, sharing, opening hours. Pure.

They are told by their wording, so that they are found in a page that was saved as text too. A
line that speaks of a patient must never be taken for one: a wording counts only where it begins
a sentence or cannot be meant otherwise, and only for short blocks that say nothing else.
"""

import re

from ingest.cleaning import words_in
from ingest.sentences import sentence_spans

MAX_SITE_WORDS = 45
"""A longer paragraph tells more than how to book, and is left alone."""
SITE_SHARE = 0.5
"""A block is the site's when the sentences that say so hold at least this share of its words."""
MAX_HEADING_WORDS = 9
"""Headings over parts of a site are short."""

_OFFER = (
    r"(?:an? |your |our |my |the )?(?:[\w-]+ ){0,3}"
    r"(?:appointments?|consult(?:ation)?s?|telehealth|in[- ]office visit|video call|discovery call"
    r"|assessments? (?:today|now|online|with us)|call ?back|sessions? (?:today|now|online))\b"
)
_US = r"(?:us|our (?:\w+ )?(?:team|clinics?|office|practice|specialists?|experts?|staff))\b"
_PAID = r"(?:due|taken|made|required|paid|payable|accepted|expected)"
_CARDS = (
    r"(?:visa|mastercard|cash|cards?|cheques?|checks|insurances?|payments?|american express|paypal"
    r"|medicare|medicaid|bupa|all major|most (?:major|insur\w+))"
)
_LEGAL = r"(?:privacy policy|terms (?:of (?:use|service)|(?:and|&) conditions)|cookie policy)"
_OWNER = r"(?:clinic|centre|center|ltd|limited|inc|llc|all rights)"

# Each begins a sentence. Imperatives are narrow: guidelines and exercises are full of them.
_OPENINGS = (
    # booking and calling
    rf"(?:please )?(?:to )?(?:book|schedule|request|arrange|make|reserve|get) {_OFFER}",
    r"(?:book|buy|order|shop|enrol|enroll|register|apply|donate|subscribe|pay)"
    r" (?:now|online|today)\b",
    r"(?:please |simply |just |to \w+[\w ]{0,40}, )?(?:call|phone|ring|e-?mail|text|message|visit"
    rf"|contact|consult with|speak (?:to|with)|talk to) {_US}",
    r"(?:please )?(?:call|phone|ring|text|tel\b|telephone|fax|whatsapp)\W{0,3}(?:today|now|on|at)?"
    r"\W{0,3}(?:\(?\+?\d[\d ().-]{6,})",
    r"(?:give us a call|get in touch|contact us|reach out to us|drop us a line)\b",
    r"(?:do not|don['’]t) (?:hesitate to (?:contact|call|reach|get|ask)|suffer in silence"
    r"|wait any longer)\b",
    r"(?:are you )?ready to (?:get|book|take|start|begin|live|feel|schedule)\b.{0,60}\?",
    r"take the (?:first|next) step (?:to|towards?)\b.*(?:relief|recovery|pain.free|better|health)",
    r"we (?:look forward to|would love to|['’]d love to) (?:hear(?:ing)?|see(?:ing)?|welcom\w+)\b",
    r"opening (?:hours|times)\W*(?:$|\d|mon|tue|wed|thu|fri|sat|sun|we\b)",
    # paying
    rf"we accept (?:\w+ ){{0,3}}{_CARDS}\b",
    r"(?:full )?payment (?:is|was|must|should|will be|can be|may be)"
    rf" (?:\w+ ){{0,2}}{_PAID}\b(?! by)",
    r"payment (?:success|successful|failed|methods?|options?|plans?|details)\b",
    r"(?:a )?(?:\w+ )?deposit (?:is|of|will be) .{0,40}\b(?:booking|appointment|required|secure)\b",
    r"(?:cancellations?|appointments? cancelled|missed appointments?)\b.{0,80}\b(?:notice|fees?"
    r"|charged?|policy)\b",
    r"(?:buy now|add to (?:cart|basket|bag)|view (?:cart|basket)|proceed to checkout"
    r"|gift (?:cards?|vouchers?)|request telehealth)\b",
    # reading on, sharing, subscribing
    r"(?:click|tap) (?:here|below|on the|the (?:link|button))",
    r"(?:read|learn|see|view|show|load|discover|find out) more(?:\W*$| (?:about|on|here|from)\b)",
    r"(?:sign up|subscribe|register) (?:for|to|now|here|below)\b.{0,60}"
    r"\b(?:newsletter|updates?|e-?mails?|mailing list|alerts?|news|tips|channel|blog)\b",
    r"(?:join|subscribe to|sign up for) our\b",
    r"(?:enter|type) your e-?mail\b",
    r"(?:share|tweet|print|e-?mail|bookmark) (?:this|on|via|it)\b.{0,40}$",
    r"share:? (?:facebook|twitter|linkedin|pinterest)\b",
    r"(?:follow|like|find|join) (?:us|me) on\b",
    r"(?:previous|next|older|newer) (?:post|article|page|entry|story|posts|entries)\b.{0,80}$",
    r"(?:posted|filed) (?:in|under)\b.{0,60}$",
    r"(?:skip|jump) to (?:main |primary )?(?:content|navigation|main)\b",
    r"back to (?:top|the top|blog|news|all \w+|(?:search )?results|home ?page)\W*$",
    r"[\d,.]+k? (?:accesses|citations|altmetric|views?|downloads|shares|likes)$",
    # comments
    r"(?:leave|post|write|add) (?:a |your )?(?:reply|comment|review)\b",
    r"your e-?mail address will not be\b",
    r"required fields are marked\b",
    r"(?:you must be )?logg?(?:ed)? in to (?:reply|comment|post|leave)\b",
    r"(?:\d+|no) (?:comments?|replies)(?: on\b.*| so far| yet)?$",
    # cookies, law
    r"(?:we|this (?:web)?site|our (?:web)?site) (?:also )?uses? cookies\b",
    r"by (?:continuing|using|browsing|clicking)\b.{0,60}\b(?:cookies|this (?:web)?site"
    r"|you (?:accept|agree))\b",
    r"(?:accept|reject|manage|allow|decline)(?: all)? cookies\b",
    r"(?:all rights reserved|powered by|proudly powered|web ?(?:site|design) by|designed by)\b",
    rf"{_LEGAL}\b.{{0,60}}$",
    rf"(?:©|\(c\)|copyright)[^.]{{0,60}}\b{_OWNER}\b",
    r"(?:©|\(c\)|copyright)\W*(?:19|20)\d\d\b(?!.*\b(?:licens|author|open access))[^.]{0,60}\.?$",
)
# These cannot be meant otherwise wherever they stand; "was told to call us" speaks of a patient.
_ANYWHERE = (
    r"(?<!to )\b(?:call|contact|phone|e-?mail|reach) us (?:today|now|on|at)\b",
    r"(?<!to )\b(?:book|schedule|arrange|request) (?:an?|your|my) (?:[\w-]+ ){0,2}"
    r"(?:appointment|consultation)\b.{0,30}\b(?:today|now|online|with (?:us|our)|here|below)\b",
    r"\byou\b.*\b(?:consult|speak|talk|contact|see|call|visit|get in touch)(?: with| to)? our"
    r" (?:\w+ )?(?:specialists?|team|experts?|doctors?|physiotherapists?|clinicians?|staff|clinics?"
    r"|practice)\b",
    r"\bour (?:cookie|privacy) policy\b",
    r"\binformation (?:on|in|from|provided (?:on|by|in)|contained (?:on|in)) this (?:web)?(?:site|"
    r"page|blog|article) (?:is|are|should|does|cannot|may) not\b",
    r"\b(?:is not|isn['’]t|not be) (?:intended (?:as|to be) )?(?:a )?substitute for"
    r" (?:professional|medical)\b",
    r"\bfor (?:informational|educational|general information)(?: and \w+)? purposes only\b",
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?|noon|midday|midnight)"
_HOURS = re.compile(
    rf"(?:opening (?:hours|times)\W*)?(?:(?:{_DAY}|daily|weekdays|weekends?)"
    rf"(?:\s*(?:-|–|to|and|&|,|/)\s*{_DAY})*\W*"
    rf"(?:closed|by appointment(?: only)?|{_CLOCK}\s*(?:-|–|to|until)\s*{_CLOCK})[\s,;.|]*)+",
    re.IGNORECASE,
)
_SITE_SENTENCE = re.compile(
    rf"^\W*(?:{'|'.join(_OPENINGS)})|{'|'.join(_ANYWHERE)}", re.IGNORECASE | re.DOTALL
)

_POSTS = r"(?:posts?|articles?|stories|news|blogs?|blog posts?|videos?|case studies)"
_HEADINGS = (
    # other pages
    r"(?:popular|recent|latest|trending|recommended|featured|similar|other|more|our (?:latest"
    rf"|recent|other)) (?:\w+ )?{_POSTS}(?: (?:from|by|in|on|you)\b.*)?",
    rf"related (?:{_POSTS}|content|pages?|services?|topics?|links|products|resources)",
    r"most (?:read|popular|viewed|cited)|editor['’]s picks?|cited by(?: \(\d+\))?|linkout.*"
    r"|read next|up next|keep reading|people also (?:read|viewed|ask)|recommended for you",
    r"more from .*",
    r"you (?:may|might) (?:also )?(?:like|be interested).*",
    # comments, sharing, subscribing
    r"comments? \(\d+\)|\d+ comments?|comments? on\b.*|responses? to\b.*|reader comments",
    r"leave (?:a|your) (?:reply|comment)|post a comment|join the (?:conversation|discussion)",
    r"share(?: (?:this|on|via|with|the)\b.*)?|follow (?:us|me)\b.*|connect with us",
    r"stay (?:in touch|connected|up to date|informed)\b.*|subscribe\b.*|join our mailing list",
    r"(?:(?:sign up|join|get)\b.*)?newsletter(?: sign[- ]?up)?|e-?mail (?:updates|alerts)",
    # visiting, booking, paying
    r"(?:get in touch|contact us|contact (?:details|information|form)|find us|visit us"
    r"|how to find us|where to find us)\b.{0,30}|(?:get )?directions",
    r"(?:our )?(?:opening|clinic|business|office|surgery) (?:hours|times)|hours of operation",
    r"our (?:locations?|clinics?|services|address|partners|sponsors|accreditations?)",
    r"(?:book|schedule|request|make|arrange) (?:an?|your|my) .{0,30}(?:appointment|consultation"
    r"|visit|call)\b.{0,20}|(?:book|schedule|buy|order) (?:today|online|now)",
    r"payment (?:methods?|options?|plans?|information)|ways to pay|gift (?:cards?|vouchers?)",
    r"(?:are you )?ready to\b.*",
    # what others say, law, advertising
    r"(?:(?:patient|client|customer|google|our) )?(?:testimonials?|success stories)",
    r"(?:patient|client|customer|google|our) reviews",
    r"what (?:our|people|others)\b.*\bsay(?:ing)?\b.*",
    r"blog archive|archives|tags|site map|quick links|useful links",
    r"privacy(?: policy)?|cookies?(?: (?:policy|settings|notice|preferences|consent))?",
    r"about cookies|we value your privacy|(?:medical|website) disclaimer",
    r"advertisements?|sponsored(?: content)?|download (?:pdf|citation)|export citation"
    r"|article metrics|altmetric.*",
)
_SITE_HEADING = re.compile("|".join(_HEADINGS), re.IGNORECASE)
_TOOL = re.compile(
    r"""(?:(?:
      (?:view|download|open|show|see|display|export|save|add\ to)(?:\ (?:as|full|high|larger
        |original|in|a|an|the|this|new|separate|figure|image|powerpoint|ppt|pdf|citation|size|res
        |resolution|tab|window|viewer|slide|table|version|data|set|download|all|article|file
        |favorites|to|my|csv|xlsx?|popup|\d+|kb|mb)){1,12}
      |full\ size(?:\ (?:image|table|figure))?|larger\ (?:image|version)|powerpoint(?:\ slide)?
      |ppt|png|tiff?|jpe?g|original\ image|webcite|download|in\ (?:this|a\ new)\ window
      |click\ (?:here|to\ (?:enlarge|view))(?:\ to\ (?:enlarge|view))?(?:\ (?:figure|image))?
      |tweet|share|pin\ it|facebook|twitter|linkedin|pinterest|whatsapp|reddit|youtube|instagram
      |(?:read|show|load|learn|view)\ (?:more|less|all)|advertisement|close|permalink|subscribe
      |toggle\ (?:navigation|menu)|go\ to|copy\ link|sign\ in|log\ ?in|back\ to\ top
      |skip\ to\ (?:main\ )?content
    )(?:\ |$))+""",
    re.VERBOSE,
)
_COPY = re.compile(
    r"(?:(?:google scholar|pubmed(?: (?:abstract|central))?|cross ?ref|full text|view article"
    r"|(?:publisher|biomed central) full text|web of science|pmc free article|free full text"
    r"|free article|view (?:(?:at|in) (?:publisher|google scholar|scopus)|pdf)|medline|scopus|isi"
    r"|cas|ads|article|abstract|free pmc article|pdf|zentralblatt math|mathscinet|chemport|doi"
    r"|ncbi|openurl|link|view)(?: |$))+"
)
_WORD = re.compile(r"[^\W_]+")
MAX_TOOL_WORDS = 14
"""The labels of a row of buttons."""


def is_site_line(text: str) -> bool:
    """Whether a paragraph or line says nothing but how to book, pay, share, follow or visit.

    >>> is_site_line("Book your appointment online today.")
    True
    >>> is_site_line("She was asked to book an appointment after six weeks.")
    False
    """
    words = words_in(text)
    if words > MAX_SITE_WORDS:
        return False
    if _HOURS.fullmatch(text.strip()):
        return True
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    spoken = sum(words_in(one) for one in sentences if _SITE_SENTENCE.search(one.strip()))
    return words > 0 and spoken >= SITE_SHARE * words


def is_site_heading(heading: str) -> bool:
    """Whether what stands under a heading belongs to the site and not to the article.

    >>> is_site_heading("Popular posts from this blog"), is_site_heading("Related work")
    (True, False)
    """
    wording = heading.strip().rstrip(":.!…").strip()
    return words_in(wording) <= MAX_HEADING_WORDS and bool(_SITE_HEADING.fullmatch(wording))


def is_tool(text: str) -> bool:
    """Whether a line is only the wording of buttons: no text of an article reads so.

    >>> is_tool("Download figure | Open in new tab"), is_tool("Full thickness tear")
    (True, False)
    """
    words = _WORD.findall(text.lower())
    return len(words) <= MAX_TOOL_WORDS and bool(_TOOL.fullmatch(" ".join(words)))


def is_copy_link(text: str) -> bool:
    """Whether the text of a link beside a reference names a place where a copy of it is.

    >>> is_copy_link("PubMed Abstract"), is_copy_link("Gait after stroke")
    (True, False)
    """
    return bool(_COPY.fullmatch(" ".join(_WORD.findall(text.lower()))))
