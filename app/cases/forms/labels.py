"""The words for this room's codes, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

SECTIONS = (
    ("danger", ("abuse", "injury", "missing", "fire", "build", "secure")),
    ("body", ("food", "health")),
    ("people", ("care", "staffq", "ktc", "labour")),
    ("money", ("fees", "refund", "ads")),
    ("papers", ("unlic", "reg")),
    ("rest", ("prov", "serv", "conduct", "other")),
)
"""The subjects in the order they are offered: what cannot wait comes first."""

TYPED = ("story", "happened", "named", "address", "q", "name", "phone", "other", "text", "reason", "words")
"""Fields of typed text, which a page shows again when nothing could be kept."""

LABELS: Labels = {
    "typed": {
        "story": _l("What happened?"),
        "happened": _l("When was it?"),
        "named": _l("Its name, if it has one"),
        "address": _l("Address, or how to find it"),
        "q": _l("Name, street or estate"),
        "name": _l("Your name"),
        "phone": _l("Telephone"),
        "other": _l("Another way to reach you, such as an e-mail address"),
        "text": _l("Your message"),
        "reason": _l("Your reason"),
        "words": _l("Anything you want to add"),
    },
    "purpose": {
        "complaint": _l("Complaint: I want something put right for me"),
        "report": _l("Report: I want a breach looked into"),
        "question": _l("Question: I want to know something"),
        "suggestion": _l("Suggestion: I want to propose something or comment on a policy"),
    },
    "purpose-told": {
        "complaint": _l(
            "For example a refund or damages. An office mediates between you and the facility, so it needs "
            "your name and a way to reach you, and the facility will learn who asks."
        ),
        "report": _l(
            "For example danger, bad food or care without a filing. You may stay anonymous. The office "
            "checks the facility and tells you the outcome here; it does not settle claims for money."
        ),
        "question": _l("For example about subsidies, a filing or a rule. No name is needed."),
        "suggestion": _l("For example about places in your street. Name and contact are optional."),
    },
    "field": {"period": _l("Period")},
    "purpose-short": {
        "complaint": _l("Complaint"),
        "report": _l("Report of a breach"),
        "question": _l("Question"),
        "suggestion": _l("Suggestion"),
    },
    "section": {
        "danger": _l("Danger and safety"),
        "body": _l("Food and health"),
        "people": _l("Care and carers"),
        "money": _l("Money and advertising"),
        "papers": _l("Filing and registration"),
        "rest": _l("Everything else"),
    },
    "subject": {
        "abuse": _l("Hitting, shouting down, locking in, starving, touching, humiliating"),
        "injury": _l("An accident, sudden illness, poisoning or death"),
        "missing": _l("A child got lost, or was handed to the wrong person"),
        "fire": _l("Blocked or locked exits, open wires, gas, no extinguishers"),
        "build": _l("Cracks, loose windows, unsafe toys, beds or playgrounds"),
        "secure": _l("No guard at the door, cameras that do not work, videos passed on"),
        "food": _l("Spoiled food, dirty kitchen, unsafe water, medicine given without consent"),
        "health": _l("Hidden infections, dirt, no health checks"),
        "care": _l("Too many children in a group, children left alone, no order"),
        "staffq": _l("Carers without training, too few of them, or with a criminal record"),
        "ktc": _l("A toddler class that a kindergarten runs"),
        "labour": _l("Carers’ wages, contracts, working hours, insurance"),
        "fees": _l("Prices not displayed, higher than agreed, or charged without reason"),
        "refund": _l("Money not paid back, a contract not kept, a facility that closed suddenly"),
        "ads": _l("False promises, invented certificates, illegal flyers or signs"),
        "unlic": _l("Looking after several small children for money without a filing"),
        "reg": _l("Another address, owner or purpose than registered"),
        "prov": _l("Rooms for childcare in a new estate that were never built or opened"),
        "serv": _l("Guidance, health services, subsidies, taxes, water and electricity prices"),
        "conduct": _l("An office passed you on, gave your name away, or did not answer"),
        "other": _l("You are not sure: we find the office for you"),
    },
    "grave": {
        "fire": _l("Is something burning, or is an exit locked, now?"),
        "food": _l("Have two or more people become ill?"),
        "build": _l("Could something fall down or collapse?"),
        "staffq": _l("Does somebody there have a criminal record, as far as you know?"),
        "refund": _l("Is the facility closing down, or has it closed already?"),
        "conduct": _l("Was your name, or what you reported, given away?"),
    },
    "answer": {"yes": _l("Yes"), "no": _l("No"), "unsure": _l("I do not know")},
    "safety": {
        "danger": _l("Yes, a child is in danger now"),
        "past": _l("A child was in danger, but is safe now"),
        "none": _l("No child is or was in danger"),
        "unsure": _l("I do not know"),
    },
    "call": {
        "called": _l("I have called"),
        "cannot": _l("I cannot call"),
        "not-needed": _l("A call is not needed"),
    },
    "solved": {"yes": _l("Yes"), "partly": _l("Partly"), "no": _l("No")},
    "rating": {
        "5": _l("5 – very satisfied"),
        "4": _l("4 – satisfied"),
        "3": _l("3 – in between"),
        "2": _l("2 – dissatisfied"),
        "1": _l("1 – very dissatisfied"),
    },
    "case-role": {
        "lead": _l("Leads"),
        "co": _l("Contributes"),
        "inform": _l("Is informed"),
        "territory": _l("Town or street"),
        "review": _l("Reviews"),
    },
    "reply-part": {
        "facts": _l("What was found"),
        "grounds": _l("Why the office decides so"),
        "basis": _l("Legal basis"),
        "decision": _l("What is done"),
        "remedies": _l("What you can do if you disagree"),
    },
    "case-state": {
        "registered": _l("Received"),
        "triage": _l("Looking for the responsible office"),
        "dispatched": _l("Sent to an office"),
        "return-requested": _l("The office says another one is responsible"),
        "dispute": _l("Offices disagree who is responsible"),
        "accepted": _l("Accepted"),
        "not-accepted": _l("Not accepted"),
        "referred": _l("Referred to another lawful way"),
        "in-progress": _l("Being looked into"),
        "joint": _l("Being looked into by several offices"),
        "paused": _l("Resting for a stated reason"),
        "reply-review": _l("The reply is being checked"),
        "replied": _l("Answered"),
        "followup": _l("Answered: please rate"),
        "closed": _l("Case closed"),
        "reopened": _l("Opened again"),
        "review": _l("Under review"),
        "final": _l("Closed after a review"),
        "merged": _l("Handled together with another case"),
        "withdrawn": _l("Withdrawn"),
        "disposed": _l("Erased"),
    },
    "number": {
        "1": _l("one"),
        "2": _l("two"),
        "3": _l("three"),
        "4": _l("four"),
        "5": _l("five"),
        "6": _l("six"),
        "7": _l("seven"),
        "8": _l("eight"),
        "9": _l("nine"),
    },
    "refusal": {
        "not-our-duty": _l("The matter is not within this office’s duty."),
        "elsewhere-in-hand": _l("A court, an arbitrator or another office has it in hand or has decided it."),
        "no-consumer-dispute": _l("It is not a dispute between a consumer and a business."),
        "over-three-years": _l("More than three years have passed."),
        "papers-missing": _l("Papers are missing or not true."),
        "name-refused": _l("The name could not be confirmed."),
        "answered-before": _l("The same facts and grounds have been answered before."),
        "unclear": _l("What is wanted is unclear, and you could not be asked."),
        "unlawful": _l("The text breaks the law or insults."),
    },
    "referral": {
        "court": _l("the court"),
        "arbitration": _l("arbitration"),
        "reconsideration": _l("administrative reconsideration"),
        "petition": _l("letters and visits"),
        "discipline": _l("discipline inspection"),
        "police": _l("the police"),
        "other-place": _l("another place"),
    },
    "rest": {
        "testing": _l("A test or expert opinion is awaited."),
        "papers": _l("Papers from you are awaited."),
        "court": _l("A court or prosecutor must decide first."),
    },
}
