"""What must be told and agreed on: GDPR Arts. 6, 7, 12–14, 26 and 37."""

from app.registers.findings.model import FindingCode, Severity
from app.registers.findings.texts.text import Text
from app.web.i18n import lazy_gettext as _l

_E, _I, _W = Severity.ERROR, Severity.INFO, Severity.WARNING
_Code = FindingCode

TOLD_TEXTS: dict[FindingCode, Text] = {
    _Code.CONTROLLER_MISSING: Text(
        _E,
        "GDPR 13(1)(a), 14(1)(a), 30(1)(a), 30(2)(a)",
        _l("No controller is named."),
        _l("Without a controller nobody knows who decides, or whom to hold to it."),
        _l("Name the organisation that decides on purposes and means."),
    ),
    _Code.CONTROLLER_CONTACT_MISSING: Text(
        _E,
        "GDPR 13(1)(a), 14(1)(a), 30(1)(a), 30(2)(a)",
        _l("There are no contact details for the controller %(controller)s."),
        _l("People must be able to reach whoever decides on their data."),
        _l("Give an address, a telephone number or a mailbox of the organisation."),
    ),
    _Code.JOINT_ARRANGEMENT_MISSING: Text(
        _E,
        "GDPR 26(1)–(2)",
        _l("There are several controllers and no arrangement between them."),
        _l(
            "Joint controllers agree openly on their duties, and the essence is made "
            "available to people."
        ),
        _l("State who answers for what, and whom a data subject may turn to."),
    ),
    _Code.DPO_MISSING: Text(
        _E,
        "GDPR 13(1)(b), 14(1)(b), 30(1)(a), 30(2)(a), 37(1)",
        _l("Neither a data protection officer nor the lack of one is stated."),
        _l(
            "The officer is the person's contact in all matters of data protection. Not every"
            " organisation needs one, and why not is weighed and written down."
        ),
        _l("Name the officer with contact details, or state why none is designated."),
    ),
    _Code.PURPOSE_MISSING: Text(
        _E,
        "GDPR 5(1)(b), 13(1)(c), 14(1)(c), 30(1)(b)",
        _l("No purpose of the processing is stated."),
        _l(
            "Data is collected only for purposes that are stated; without one there is "
            "nothing to weigh the data against."
        ),
        _l("State each purpose for which the data is processed."),
    ),
    _Code.LEGAL_BASIS_MISSING: Text(
        _E,
        "GDPR 6(1), 13(1)(c), 14(1)(c)",
        _l("The purpose “%(purpose)s” has no legal basis."),
        _l("Processing is lawful only on one of the bases of Article 6, and the notice names it."),
        _l("Choose the legal basis of Article 6 and cite the law where it rests on one."),
    ),
    _Code.LEGITIMATE_INTEREST_MISSING: Text(
        _E,
        "GDPR 6(1)(f), 13(1)(d), 14(2)(b)",
        _l("The purpose “%(purpose)s” rests on legitimate interests that are not stated."),
        _l(
            "People can object only when they know whose interest outweighs theirs, and what it is."
        ),
        _l("State the interest and keep the balancing test."),
    ),
    _Code.RECIPIENTS_MISSING: Text(
        _E,
        "GDPR 13(1)(e), 14(1)(e), 30(1)(d)",
        _l("The register does not say to whom the controller discloses data."),
        _l(
            "Both the notice and the record name those who get the data; silence is not the "
            "same as nobody."
        ),
        _l("List the recipients, or state that data is not disclosed."),
    ),
    _Code.TRANSFERS_MISSING: Text(
        _W,
        "GDPR 13(1)(f), 14(1)(f), 30(1)(e), 30(2)(c)",
        _l("Nothing is said about transfers outside the EU and the EEA."),
        _l(
            "A transfer to a third country has conditions of its own, so its absence is stated too."
        ),
        _l("State that there are none, or list them with their safeguards."),
    ),
    _Code.TRANSFER_SAFEGUARD_MISSING: Text(
        _E,
        "GDPR 13(1)(f), 14(1)(f), 30(1)(e), 44, 46",
        _l("The transfer to %(country)s has no safeguard."),
        _l("Data may leave the EU and the EEA only with a safeguard that keeps its protection."),
        _l("State the adequacy decision or the safeguard, and how to get a copy of it."),
    ),
    _Code.RIGHTS_MISSING: Text(
        _E,
        "GDPR 13(2)(b), 14(2)(c)",
        _l("Rights of the data subject are not mentioned: %(rights)s."),
        _l("A right that nobody is told of is not used."),
        _l("Tell how each of them is used. They belong to the legal bases of the register."),
    ),
    _Code.CONSENT_WITHDRAWAL_MISSING: Text(
        _E,
        "GDPR 7(3), 13(2)(c), 14(2)(d)",
        _l("Consent is used, but nothing is said about withdrawing it."),
        _l(
            "A consent is valid only when the person was told that it can be withdrawn as "
            "easily as given."
        ),
        _l("Tell that consent may be withdrawn at any time, and how."),
    ),
    _Code.COMPLAINT_MISSING: Text(
        _E,
        "GDPR 13(2)(d), 14(2)(e), 77",
        _l("The right to complain to the Data Protection Ombudsman is not mentioned."),
        _l("The person may always turn to the authority that supervises the controller."),
        _l("Add the right to complain and the contact details of the Ombudsman."),
    ),
    _Code.DATA_OBLIGATION_MISSING: Text(
        _W,
        "GDPR 13(2)(e)",
        _l("The purpose “%(purpose)s” does not say whether the data must be given."),
        _l(
            "Whoever is asked for data needs to know whether it must be given, and what a "
            "refusal leads to."
        ),
        _l(
            "State whether the law or a contract requires it, and what follows if it is not given; "
            "or that nothing is asked from the person, as for a camera or a log."
        ),
    ),
    _Code.CONSEQUENCES_MISSING: Text(
        _W,
        "GDPR 13(2)(e)",
        _l("The purpose “%(purpose)s” requires data, but not what follows if it is not given."),
        _l("Only who knows what a refusal leads to can decide on one."),
        _l("Tell in “consequences” what follows."),
    ),
    _Code.AUTOMATED_DECISIONS_MISSING: Text(
        _W,
        "GDPR 13(2)(f), 14(2)(g), 22",
        _l("Nothing is said about automated decisions."),
        _l("A decision made by a machine can be contested only when it is known to be one."),
        _l("State that there are none, or explain their logic and effects."),
    ),
    _Code.CATEGORIES_MISSING: Text(
        _E,
        "GDPR 14(1)(d), 30(1)(c)",
        _l("No data categories are listed."),
        _l("The record and the notice tell what kinds of data are held."),
        _l("List the categories of personal data."),
    ),
    _Code.SOURCES_MISSING: Text(
        _E,
        "GDPR 14(2)(f)",
        _l("The sources of the data are not stated."),
        _l("Data that did not come from the person has a source, which the person must be told."),
        _l("Name the sources, the data subject among them."),
    ),
    _Code.SOURCE_OMITS_DATA_SUBJECT: Text(
        _I,
        "GDPR 13(1), 14(2)(f)",
        _l("The data subject is not among the sources."),
        _l(
            "What is asked from the person falls under Article 13, the rest under Article 14;"
            " the list shows which."
        ),
        _l(
            "Add the data subject, if data is collected from the person too; if nothing is asked, "
            "say so at each purpose."
        ),
    ),
    _Code.DISCLOSURE_BASIS_MISSING: Text(
        _W,
        "GDPR 5(1)(a), 6(1)",
        _l("There is no basis for giving data to %(recipient)s."),
        _l("Giving data to another is processing, and needs a basis like any other."),
        _l("State whether the disclosure rests on law, contract, assignment or consent."),
    ),
    _Code.DISCLOSURE_UNEVEN: Text(
        _W,
        "GDPR 13(1)(e)",
        _l("%(recipient)s is named as a recipient in field %(named)s only, not in %(missing)s."),
        _l("The reader cannot tell which of the lists is true."),
        _l("Name the same recipients wherever the description lists them."),
    ),
    _Code.DPO_CONTACT_MISSING: Text(
        _E,
        "GDPR 13(1)(b), 14(1)(b), 37(7)",
        _l("There are no contact details for the data protection officer."),
        _l("The contact details are published and told to the authority."),
        _l("Give an address, a telephone number or a mailbox of the office."),
    ),
    _Code.SOURCE_PUBLIC_NOT_STATED: Text(
        _I,
        "GDPR 14(2)(f)",
        _l("It is not stated whether these sources are public: %(sources)s."),
        _l("The notice tells whether data came from a publicly accessible source."),
        _l("Mark each source as public or not."),
    ),
    _Code.LEGITIMATE_INTEREST_UNUSED: Text(
        _W,
        "GDPR 6(1)(f), 13(1)(d), 14(2)(b)",
        _l(
            "An interest is stated for the purpose “%(purpose)s”, which does not rest on "
            "legitimate interests."
        ),
        _l("Either the basis or the text is wrong; the right to object depends on it."),
        _l("Add the basis of Article 6(1)(f), or remove the interest."),
    ),
    _Code.OBLIGATION_WITHOUT_BASIS: Text(
        _W,
        "GDPR 6(1)(b), 6(1)(c), 6(1)(e), 13(2)(e)",
        _l(
            "The purpose “%(purpose)s” says that the data must be given by law or contract, but "
            "rests on neither."
        ),
        _l("People are told of a duty that the legal bases do not show."),
        _l(
            "Add the basis: (b) for a contract, (c) or (e) for a law; or say that giving the data "
            "is voluntary."
        ),
    ),
    _Code.MINORS_UNREPRESENTED: Text(
        _I,
        "GDPR 8(1), 12(1), 13(2)(b)",
        _l("It is not said who acts for the minors: %(group)s."),
        _l("A child and the guardian must know who may ask for the data and give a consent."),
        _l("Say who acts for them, as a guardian, and from what age they act themselves."),
    ),
    _Code.PUBLICATION_TOO_WIDE: Text(
        _W,
        "GDPR 5(1)(c), 9, 10; 1050/2018 29 §",
        _l("Sensitive data is published for anyone to see: %(categories)s."),
        _l("What has once been published cannot be taken back."),
        _l(
            "Leave the data out of what is published, or publish it only on consent; an identity "
            "code not even then."
        ),
    ),
    _Code.MARKETING_WITHOUT_PERMISSION: Text(
        _W,
        "917/2014, 200 §, 202 §; GDPR 6(1)(f)",
        _l(
            "The purpose “%(purpose)s” is marketing by e-mail or text message on a legitimate "
            "interest, and no permission is told of."
        ),
        _l(
            "The Act on Electronic Communications Services asks for a person's consent beforehand; "
            "an interest does not replace it. Excepted are the controller's own customers, for "
            "products of the same kind, and organisations: they may forbid it."
        ),
        _l(
            "Ask for the permission and tell of it in “own” of direct marketing; or, where an "
            "exception holds, cite 917/2014 with its section at the purpose."
        ),
    ),
    _Code.RIGHT_DENIED: Text(
        _W,
        "GDPR 15–21, 23",
        _l("Rights are said not to apply, but the legal bases give them: %(rights)s."),
        _l(
            "A right that the law gives ends only where a law says so, as section 31 of the Data "
            "Protection Act does for research."
        ),
        _l("Take the denial out, or name the law in the reason."),
    ),
    _Code.RIGHT_DENIED_BY_ANOTHER: Text(
        _W,
        "GDPR 15–21, 23",
        _l(
            "The register “%(register)s” says that rights do not apply, and this one takes that "
            "over, but its legal bases give them: %(rights)s."
        ),
        _l(
            "A law that ends a right in one register need not do so in another: what holds for an "
            "archive does not hold for a camera."
        ),
        _l("Write the rights of this register into it; deny only what a law denies here too."),
    ),
    _Code.SOURCES_REPEAT_RECIPIENTS: Text(
        _W,
        "GDPR 13(1)(e), 14(1)(e), 14(2)(f)",
        _l("Sources and recipients are the same list: %(names)s."),
        _l("Where data comes from and where it goes are two things; a copied field tells neither."),
        _l("Write for each body what it gives and what it gets."),
    ),
    _Code.RECIPIENTS_DENIED: Text(
        _W,
        "GDPR 13(1)(e), 14(1)(e), 30(1)(d)",
        _l("It is stated that data is not disclosed, but elsewhere: %(text)s"),
        _l("The reader cannot tell which of the two is true."),
        _l("List the recipient, or correct the text."),
    ),
    _Code.REQUEST_FORM_DIFFERS: Text(
        _I,
        "GDPR 12(2)",
        _l(
            "A written request is asked for some rights (%(written)s), but not for others "
            "(%(free)s)."
        ),
        _l("The law asks for no form; the controller makes it easy to use each right."),
        _l("Offer the same easy ways for each right."),
    ),
    _Code.CONSENT_FORM_DIFFERS: Text(
        _I,
        "GDPR 7(1)",
        _l("A written consent is asked for some recipients, but not for: %(recipients)s."),
        _l("A consent without a form is hard to show."),
        _l("Ask for the same form everywhere, or state why it differs."),
    ),
    _Code.CONSENT_BESIDE_LAW: Text(
        _I,
        "GDPR 6(1), 7(4)",
        _l(
            "Consent is asked for giving data to %(recipients)s, although the purposes rest on law."
        ),
        _l(
            "If the law allows the disclosure anyway, asking misleads: a refusal would change"
            " nothing."
        ),
        _l(
            "Decide for each recipient whether consent or the law is the basis, and tell only"
            " that one."
        ),
    ),
}
