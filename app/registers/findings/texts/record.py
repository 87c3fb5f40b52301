"""What the record of processing and accountability need: GDPR Arts. 9, 10, 28, 30, 32 and 35."""

from app.registers.findings.model import FindingCode, Severity
from app.registers.findings.texts.text import Text
from app.web.i18n import lazy_gettext as _l

_E, _I, _W = Severity.ERROR, Severity.INFO, Severity.WARNING
_Code = FindingCode

RECORD_TEXTS: dict[FindingCode, Text] = {
    _Code.ARTICLE_9_CONDITION_MISSING: Text(
        _E,
        "GDPR 9(2); 1050/2018, 6 §",
        _l(
            "No condition is stated for special categories of data (%(categories)s) in the "
            "purpose: “%(purposes)s”."
        ),
        _l("Such data may not be processed at all, unless a condition of Article 9 allows it."),
        _l("State the condition of Article 9 and the safeguards of the Data Protection Act."),
    ),
    _Code.SPECIAL_DATA_WITHOUT_PURPOSE: Text(
        _E,
        "GDPR 5(1)(b)–(c), 9(2); 1050/2018, 6 §",
        _l("Special categories of data are kept, but no purpose uses them: %(categories)s."),
        _l(
            "Such data may be processed only under a condition of Article 9, and a condition "
            "belongs to a purpose."
        ),
        _l(
            "Link them to the purpose that uses them and state its condition, or stop keeping them."
        ),
    ),
    _Code.IDENTITY_CODE_GROUND_MISSING: Text(
        _E,
        "GDPR 87; 1050/2018, 29 §",
        _l("Identity codes are kept, but no ground for it is stated."),
        _l("The identity code may be processed only on the grounds of section 29."),
        _l("State the ground for the identity code, or keep the date of birth only."),
    ),
    _Code.PROCESSORS_NOT_STATED: Text(
        _I,
        "GDPR 28, 30(1)(d)",
        _l("The register does not say whether processors are used."),
        _l(
            "Whoever runs a system or a server for the controller processes its data, under a"
            " contract."
        ),
        _l("List the processors and their contracts, or state that there are none."),
    ),
    _Code.DATA_SUBJECTS_MISSING: Text(
        _W,
        "GDPR 30(1)(c)",
        _l("The groups of data subjects are not listed."),
        _l("The record tells whose data is processed."),
        _l("List the groups of people whose data is kept."),
    ),
    _Code.SAFEGUARDS_MISSING: Text(
        _W,
        "GDPR 30(1)(g), 30(2)(d), 32",
        _l("No measures of protection are described."),
        _l("Protection that is not written down is not kept up, and cannot be shown."),
        _l("Describe the technical, organisational and physical measures."),
    ),
    _Code.VERSION_MISSING: Text(
        _W,
        "GDPR 5(2)",
        _l("The description has no date."),
        _l("Without a day nobody can tell which description was valid when."),
        _l("Give the description a version and the day on which it was adopted."),
    ),
    _Code.OWNER_MISSING: Text(
        _W,
        "GDPR 5(2)",
        _l("Nobody is named as responsible for the register."),
        _l("The controller shows that it follows the law; somebody has to do it."),
        _l("Name the role that answers for the register."),
    ),
    _Code.OWNER_WITHOUT_SUBSTITUTE: Text(
        _I,
        "GDPR 24(1), 32(1)(b)",
        _l("The register rests on one person: %(role)s has no substitute."),
        _l("When one person is away, requests and faults wait, and their time limits do not."),
        _l("Name a substitute, or tell that several people have the role."),
    ),
    _Code.SAFEGUARD_ON_ONE_PERSON: Text(
        _W,
        "GDPR 32(1)(b)",
        _l("A measure of protection rests on one person: %(safeguard)s"),
        _l(
            "Data that only one person can reach is out of reach when that person is away, "
            "and nobody sees what is done with it."
        ),
        _l("Arrange a substitute, so that the data can be reached when the person is away."),
    ),
    _Code.PROCESSOR_MISSING: Text(
        _E,
        "GDPR 30(2)(a)",
        _l("The register is kept as a processor, but no processor is named."),
        _l("A processor's record begins with who it is and for whom it works."),
        _l("Name the organisation first among the processors, with its contact details."),
    ),
    _Code.PROCESSING_FOR_OTHERS_MISSING: Text(
        _E,
        "GDPR 30(2)(b)",
        _l("The categories of processing carried out for the controllers are not stated."),
        _l("A processor's record tells what it does for each controller."),
        _l("List the categories, for example keeping client folders or sending invoices."),
    ),
    _Code.PROCESSOR_CONTRACT_MISSING: Text(
        _E,
        "GDPR 28(3)",
        _l("The register states no contract with the processor %(processor)s."),
        _l("Only a contract binds the processor to instructions, secrecy and return of the data."),
        _l("Enter what the contract is and its day; where there is none yet, make it."),
    ),
    _Code.PROCESSOR_TASK_MISSING: Text(
        _I,
        "GDPR 28(3)",
        _l("It is not stated what the processor %(processor)s does."),
        _l("The contract sets out the subject, the duration and the nature of the processing."),
        _l("State the task, for example the upkeep of the client system."),
    ),
    _Code.JOINT_DUTIES_MISSING: Text(
        _W,
        "GDPR 26(1)",
        _l("The duties of the joint controller %(controller)s are not stated."),
        _l("A duty that belongs to everybody is done by nobody."),
        _l("Write which duties are this controller's: informing, requests, protection."),
    ),
    _Code.TRANSFER_MECHANISM_MISSING: Text(
        _W,
        "GDPR 44–49",
        _l("It is not stated which Article allows the transfer to %(country)s."),
        _l("Each way of transferring has conditions of its own, which have to be checked."),
        _l("Choose the mechanism: an adequacy decision, standard clauses, or a derogation."),
    ),
    _Code.TRANSFER_WITHIN_EEA: Text(
        _W,
        "GDPR 44",
        _l("%(country)s is in the EU or the EEA, and is listed as a transfer out of them."),
        _l("Within the EEA data moves freely; the notice would warn people of nothing."),
        _l("Tell of the recipient among the recipients or processors, or correct the country."),
    ),
    _Code.TRANSFER_COPY_MISSING: Text(
        _W,
        "GDPR 13(1)(f), 14(1)(f)",
        _l("It is not stated where a copy of the safeguards for %(country)s is to be had."),
        _l("People may read the terms under which their data leaves."),
        _l("State where the copy is available."),
    ),
    _Code.CRIMINAL_DATA_GROUND_MISSING: Text(
        _E,
        "GDPR 10; 1050/2018, 7 §",
        _l("The data category “%(category)s” holds data on offences, but no ground is stated."),
        _l(
            "Data on convictions and offences is processed only under official authority or "
            "where the law allows it."
        ),
        _l("State the ground for such data at the purpose and cite its law, or stop keeping it."),
    ),
    _Code.IMPACT_ASSESSMENT_MISSING: Text(
        _W,
        "GDPR 35(1), 35(3)",
        _l("It is not stated whether a data protection impact assessment is needed."),
        _l(
            "Special categories, offences and automated decisions are where the risk for "
            "people is high."
        ),
        _l("Make the assessment, or state why none is needed."),
    ),
    _Code.IMPACT_ASSESSMENT_NOT_MADE: Text(
        _W,
        "GDPR 35(1)",
        _l("An impact assessment is needed and has not been made."),
        _l("The assessment is made before the processing begins."),
        _l("Make the assessment and enter its day."),
    ),
    _Code.IMPACT_ASSESSMENT_REASON_MISSING: Text(
        _I,
        "GDPR 5(2), 35",
        _l("It is said that no impact assessment is needed, but not why."),
        _l("The authority may ask for the reason."),
        _l("Write the reason down."),
    ),
    _Code.AUTOMATED_LOGIC_MISSING: Text(
        _E,
        "GDPR 13(2)(f), 14(2)(g), 22",
        _l("Decisions are automated or people are profiled, but the logic is not explained."),
        _l("People are told the logic, and what it means for them."),
        _l("Explain the logic, its significance and its consequences."),
    ),
    _Code.STATUTE_MISSING: Text(
        _W,
        "GDPR 6(3)",
        _l("The purpose “%(purpose)s” rests on law, but no law is cited."),
        _l(
            "An obligation or a task of public interest is laid down in a law, which decides "
            "what may be processed."
        ),
        _l("Cite the law with its section."),
    ),
    _Code.GROUND_STATUTE_MISSING: Text(
        _W,
        "1050/2018, 7 §, 29 §",
        _l("The purpose “%(purpose)s” has a ground that is a law, but cites none: %(grounds)s."),
        _l("The ground is good only where some law provides for it."),
        _l("Cite the law with its section, or choose another ground."),
    ),
    _Code.DISCLOSURE_STATUTE_MISSING: Text(
        _I,
        "GDPR 6(3)",
        _l("Data goes to %(recipient)s by law, but no law is cited."),
        _l("Staff check from the section what may be given, and people learn why it is."),
        _l("Cite the law with its section."),
    ),
    _Code.OWNER_CONTACT_MISSING: Text(
        _I,
        "GDPR 12(2)",
        _l("There is no way to reach the person responsible: %(role)s."),
        _l("A request that does not reach anybody is late before it is read."),
        _l("Give a mailbox or a telephone number of the role."),
    ),
}
