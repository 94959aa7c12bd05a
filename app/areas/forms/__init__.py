"""The words for this room's codes, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

LABELS: Labels = {
    "document": {
        "issued": _l("Issued"),
        "draft": _l("Draft for comment"),
        "interpretation": _l("Interpretation, not the document itself"),
        "period-ended": _l("Its period has ended"),
    },
    "confidence": {
        "a": _l("Stated for this office"),
        "b": _l("Derived from a list of responsible offices"),
        "c": _l("National default, not stated locally"),
    },
    "role": {
        "lead": _l("Leads on the ground"),
        "primary": _l("Carries the main responsibility"),
        "co": _l("Shares the responsibility"),
        "informed": _l("Is informed"),
        "not-stated": _l("No role stated"),
    },
    "audience": {
        "families": _l("For families"),
        "residents": _l("For residents"),
        "providers": _l("For providers"),
    },
    "indicator": {
        "demonstration-facilities": _l("Demonstration facilities"),
        "facilities-built": _l("Facilities built"),
        "inclusive-facilities": _l("Inclusive-price facilities"),
        "service-centres": _l("Childcare service centres"),
        "inclusive-share": _l("Share of inclusive-price places"),
        "inclusive-street-coverage": _l("Towns and streets with inclusive-price care"),
        "coverage": _l("Communities with care"),
        "places-per-1000": _l("Places per 1,000 residents"),
        "places-per-1000-new-estates": _l("Places per 1,000 residents in new estates"),
        "places-per-1000-old-estates": _l("Places per 1,000 residents in existing estates"),
        "health-management-rate": _l("Infants under health management"),
        "knowledge-rate": _l("Families who know about early development"),
        "guidance-rate": _l("Families who received parenting guidance"),
        "certified-carers": _l("Carers with a certificate"),
        "managers-trained": _l("Managers and carers trained"),
        "infant-enrolment": _l("Children under three in care"),
    },
    "category": {
        "abuse": _l("Abuse of a child"),
        "injury": _l("Injury or sudden illness"),
        "missing": _l("Missing child"),
        "fire": _l("Fire safety"),
        "food": _l("Food, water and medicine"),
        "health": _l("Infection and hygiene"),
        "build": _l("Building, equipment and toys"),
        "secure": _l("Security and cameras"),
        "unlic": _l("Care without a filing or licence"),
        "staffq": _l("Qualification and number of carers"),
        "care": _l("Quality of care"),
        "fees": _l("Fees"),
        "refund": _l("Refunds and contracts"),
        "ads": _l("Advertising"),
        "ktc": _l("Kindergarten toddler classes"),
        "labour": _l("Labour rights of carers"),
        "reg": _l("Registration"),
        "prov": _l("Missing public care facilities"),
        "serv": _l("Guidance, subsidies and services"),
        "conduct": _l("Conduct of the office itself"),
        "other": _l("Something else"),
    },
}
