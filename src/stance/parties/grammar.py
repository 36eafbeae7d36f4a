"""The English around names: what makes a name a place, an adjective, a title or another name.

All patterns are matched against the words right before a name (``*_BEFORE``, to their end) or right
after it (``*_AFTER``, from their start).
"""

from __future__ import annotations

import re

TITLES = (
    "President|Prime Minister|Premier|Chancellor|Vice President|Foreign Minister|Defence Minister|"
    "Defense Minister|Finance Minister|Interior Minister|Justice Minister|Health Minister|Minister|"
    "Secretary|Secretary-General|Senator|Sen|Congressman|Congresswoman|Representative|Rep|Governor|"
    "Gov|Mayor|Deputy|Councillor|Councilwoman|Councilman|Commissioner|Ambassador|King|Queen|Prince|"
    "Princess|Pope|Archbishop|Bishop|Cardinal|Imam|Rabbi|Reverend|Father|Sister|Pastor|Judge|"
    "Justice|"
    "Attorney General|General|Gen|Colonel|Col|Major|Captain|Lieutenant|Sergeant|Admiral|Marshal|"
    "Commander|Sheriff|Chief|Professor|Prof|Doctor|Dr|Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Baroness|"
    "Alderman|Rector|Special Prosecutor|Prosecutor|District Attorney|"
    "Registrar|Inspector|Envoy|Sheikh|Prefect|Baron|Patriarch|Chief Minister|"
    "Brother|Canon|Dean|Warden|Skipper|"
    "Speaker|Chairman|Chairwoman|Chair|Director|Chief Executive|Candidate|Leader|Comrade|Coach|"
    "Coaches"
)
TITLE_BEFORE = re.compile(
    rf"(?:^|[^\w-])(?:(?:[Ff]ormer|[Ee]x-?|[Tt]he|[Ii]nterim|[Aa]cting) )*({TITLES})\.? $"
)
#: A name that begins with its bearer's title.
TITLED = re.compile(rf"((?:[A-Z][\w-]+ )?(?:{TITLES}))\.? (?=[A-Z])")
#: Role words in small letters, by which a person may be called later ("the mayor").
ROLES = frozenset(
    "president premier chancellor negotiator envoy founder owner editor manager inspector officer "
    "magistrate poet painter engineer scientist skipper challenger incumbent "
    " minister secretary senator governor mayor deputy councillor "
    "commissioner ambassador king queen prince princess pope archbishop bishop cardinal imam rabbi "
    "reverend pastor judge justice general colonel major captain lieutenant sergeant admiral "
    "marshal "
    "commander sheriff chief professor doctor speaker chairman chairwoman director candidate "
    "leader coach opposition-leader lawyer prosecutor treasurer striker goalkeeper rector dean "
    "headteacher historian novelist singer actor author columnist activist farmer nurse".split()
)
_NO_ROLE = r"(?!(?:who|whose|whom|which|that|of|for|to|by|with|from|in|on|at|against|as) )"
ROLE_AFTER = re.compile(
    r", (?:\d\d, )?(?:(?:the|a|an|its|their|his|her|who (?:is|was|as)(?: the| an?)?) )?"
    rf"((?:{_NO_ROLE}[\w'-]+ ){{0,4}}{_NO_ROLE}[\w-]+)"
)
WEEKDAYS_MONTHS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June "
    "July August September October November December".split()
)
#: Words that a name may follow anywhere, after a time or a colon too.
ARTICLES = frozenset({"The", "A", "An"})
#: Words that open a sentence with a capital and are no first names.
OPENERS = frozenset(
    "A After Again Against Ah All Although Also Amid Among An And Another Any As Asked At Back "
    "Because "
    "Before Behind Besides Between Beyond Both But By Can Critics Despite Did Do Does During Each "
    "Earlier Either Even Ever Every Except First For Former From Had Has Have He Her Here His How "
    "However If In Indeed Inside Instead Is It Its Just Last Later Let Like Many May Maybe "
    "Meanwhile "
    "More Most Much Nearly Neither Never Next No Nobody None Nor Not Nothing Now Of Off Old On "
    "Once One "
    "Only Or Other Others Our Out Outside Over Perhaps Poor Praising Quoting Rather Regarding Said "
    "Says Second She Should Since So Some Soon Still Such Supporters Support Than Thanks That "
    "The Their "
    "Then There These They This Those Though Through Thus To Today Told Tonight Too Toward Towards "
    "Under Unlike Until Up Upon Was We Well Were What Whatever When Whenever Where Whereas Whether "
    "Which While Who Whoever Whom Whose Why Will With Within Without Would Yes Yesterday Yet You "
    "Your "
    "Pro Anti Ask Backed Backing Beat Blame Calling Criticism Defending Enter Even Give Led Only "
    "Opposition Praise Rival Rivals Officials Sanctions Send Talks Urged Vote Voters".split()
)

_MOVED = (
    r"(?:flew|fly|flying|flown|travel\w*|trips?|tours?|went|goes|going|go|visit\w*|return\w*|"
    r"journey\w*|"
    r"arriv\w+|fled|flee\w*|mov(?:e|ed|ing)|moved back|drive|drove|sail\w*|emigrat\w+|deport\w+|"
    r"extradit\w+|flights?|routes?|roads?|train|bus|ferry|came|comes|come|hails?|native|"
    r"born|exiled?|smuggl\w+|back|welcomed \w+)"
)
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|inside|outside|near|across|throughout|around|within|beyond|through|into|via|"
    r"over|above|along|toured|touring|visited|visiting|leaving|left|reached|entered)"
    rf"|\b{_MOVED} (?:home )?(?:to|from|in|for|out of|via)"
    r"|\b(?:at|to|from|on|of) (?:the )?(?:streets?|outskirts|cent(?:re|er)|middle|heart|edge|"
    r"shores?) of"
    r"|\b(?:capital|city|town|port|village|north|south|east|west|northern|southern|eastern|western|"
    r"border|borders|coast|streets|people|citizens|residents|outskirts|suburbs|suburb|parts|region|"
    r"province|widows|mothers|farmers|voters|workers|villagers|fishermen|centre|center|map|most|"
    r"half|edge|shores|university|museum|archbishop|bishop|"
    r"cathedral|island|kilomet(?:re|er)s (?:north|south|east|west)|miles (?:north|south|east|"
    r"west)) of"
    r"|\b(?:downtown|central|northern|southern|eastern|western|upper|greater|rural|mainland))"
    r"(?: the| both| downtown| central| nearby| neighbouring| neighboring| all)*"
    r"(?: [A-Z][\w'-]+(?: [A-Z][\w'-]+)?(?:,| and|, and| or))* $"
)
#: Nouns that take "in" without making a place of what follows: trust, faith, a stake.
#: A town's name beside a common noun, or after one that takes "of", only says where.
TOWN_BEFORE = re.compile(r"\b(?:at|on|from|around|for the people of|\w+s (?:of|from)) (?:the )?$")
TOWN_OWNER_BEFORE = re.compile(
    r"\b(?:government|council|councillors|mayor|authorities|leaders|rulers|critics|enemies|friends|"
    r"allies|backers|supporters|opponents|rivals|demands|accusations|threats|attacks|sanctions|"
    r"embargo|tariffs|pressure|war|strikes|raids|support|backing|praise|criticism|warnings?) "
    r"(?:of|from|on|against|for) (?:the )?$"
)
DETERMINER_BEFORE = re.compile(
    r"\b(?:a|an|the|this|every|each|another|one|some|most|many|two|three|its|his|her|their|our|my)"
    r"(?: \w+)? $",
    re.IGNORECASE,
)
COMMON_AFTER = re.compile(r" [a-z]{3,}")
NOT_PLACE_BEFORE = re.compile(
    r"\b(?:confidence|faith|trust\w*|belief|believe\w*|disappoint\w+|interest|stake|shares|"
    r"invest\w*|"
    r"allies|ally|friends?|partners?|factions?|anger|victory|win|influence|prevail\w*|hope|pride) "
    r"(?:in|over|within|around|into|through) (?:the )?$"
)
DATELINE_AFTER = re.compile(
    r"^(?:,? [A-Z][\w. ]{1,25})?,?(?: (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|"
    r"Dec)\w*\.? \d{1,2}"
    r"| \d{1,2} [A-Z][a-z]+\.?)?,?(?: \([^)]{1,40}\))? ?(?:-{1,2}|—|:)(?= [A-Z0-9\"'“‘])"
)
PLACE_AFTER = re.compile(
    r"^(?:-(?:based|born|bound|area|style|made|educated|to-)"
    r"|'s (?:capital|streets?|suburbs?|airport|harbour|harbor|port|coast|borders?|north|south|"
    r"east|west|"
    r"old town|cent(?:re|er)|largest|biggest|main|central|squares?|outskirts|stadium|cathedral)\b"
    r"|,? where\b|,? (?:is |was )?(?:the|a) (?:\w+ )?(?:capital|city|town|village)\b"
    r"| (?:airport|streets?|suburbs?|metro|subway|hotel|hospital|stadium|theatre|region|province|"
    r"district|"
    r"border|coast|residents?|summit|conference|talks|meeting|accords?|agreement|treaty|"
    r"declaration|"
    r"marathon|time|weather|office|bureau|correspondent|embassy|suburb|neighbou?rhood|court|"
    r"skyline|"
    r"waterfront|harbour|branch|road|derby|peace talks|ceasefire|round)\b)"
)
#: After a demonym: somebody who acts for the state, or its act.
ACTOR_AFTER = re.compile(
    r" ((?:(?!an? |the |its |his |her )[a-z-]+ )?"
    r"(?:government|governments|authorities|officials?|administration|regime|cabinet|"
    r"diplomats?|diplomacy|envoys?|ambassadors?|delegation|delegates?|negotiators?|leadership|"
    r"leaders?|"
    r"state|republic|army|military|navy|air force|armed forces|forces|troops|soldiers|jets|"
    r"warships|"
    r"parliament|lawmakers|ministers?|ministry|spokesman|spokeswoman|spokesperson|mediators?|"
    r"intelligence|police|prosecutors?|courts?|judges?|consulate|embassy|presidency|side|mission|"
    r"premier|president|monarchy))\b"
)
ACT_AFTER = re.compile(
    r" (?:(?:military|financial|diplomatic|political|economic|humanitarian|public|strong|"
    r"continued|open) )?"
    r"(?:support|backing|aid|assistance|help|endorsement|recognition|protection|praise|criticism|"
    r"condemnation|objections?|pressure|sanctions|tariffs|threats?|aggression|invasion|"
    r"intervention|"
    r"meddling|interference|influence|policy|policies|proposals?|offer|plans?|demands?|decision|"
    r"veto|"
    r"position|stance|claims?|claim|response|rule|occupation|strikes|attacks?|shelling|propaganda|"
    r"disinformation|mediation|initiative|sovereignty|vote|bid)\b"
)
#: What follows a party's name rather than a common word that opens a sentence.
MEMBERS_AFTER = re.compile(
    r"(?:'s)? (?:deputies|members|councillors|lawmakers|delegates|voters|supporters|activists|"
    r"canvassers|officials|leaders?|candidates?|spokes(?:man|woman|person)|"
    r"and (?:the )?[A-Z]\w+ (?!and )[A-Z]\w+)\b"
)
COMPOUND_AFTER = re.compile(
    r"-(?:backed|led|supported|sponsored|funded|financed|brokered|mediated|run|controlled|held|"
    r"occupied|"
    r"aligned|friendly|trained|armed|appointed|owned|drafted|organi[sz]ed|allied|installed|born|"
    r"dominated)\b"
)
ANTI_PRO_BEFORE = re.compile(r"\b(?:anti|pro|non|un|ex)-$", re.IGNORECASE)
LONGER_BEFORE = re.compile(r"(?:^|[^\w-])([A-Z][\w'-]*)( of(?: the)?)? $")
LONGER_AFTER = re.compile(r"^ (?:(?:of|for) )?([A-Z][\w'-]*)")
#: Heads that may stand before "of NAME" and still leave NAME an actor.
OF_HEADS = re.compile(
    rf"^(?:{TITLES}|Government|Republic|Kingdom|Ministry|Embassy|Parliament|Leader|Chiefs?|"
    rf"Friends?)$"
)
