"""What only asks, supposes, acts, or names a topic is no claim; what somebody asks, supposes or issues aloud is one."""

import pytest

from claims_cli.claim import SAID

SILENT = (
    "Will the captain say that the ship is sound?",
    "Did the bank warn that it was insolvent?",
    "Which doctor warned that the water was foul?",
    "Who said that the hull was safe?",
    "Why did the minister claim that the hull was safe?",
    "How often has the museum promised that the roof would be mended?",
    "Is the director going to announce that the theatre will close?",
    "Had the captain said that the ship was sound, it would have sailed.",
    "Should the auditors find that the books are false, the firm will fold.",
    "If the captain says that the ship is sound, it will sail.",
    "If the plan rejected the port, the town would suffer.",
    "He will resign only if the auditors conclude that the books are false.",
    "As long as the coach says that the pitch is fit, the match goes on.",
    "In case the farmers complain that the well is dry, the county has hired trucks.",
    "Provided that the referee declares that the pitch is fit, the match goes on.",
    "Suppose the mayor announces that the bridge is closed.",
    "Whether the minister says that the hull is safe remains to be seen.",
    "What if the museum admits that the painting is a fake?",
    "The court issued a warrant for his arrest.",
    "The bank issued new shares to its owners.",
    "The officer issued a ticket to the driver.",
    "The office issued visas to the dancers.",
    "Stocks rose in Frankfurt, the DAX added 0.4 percent.",
    "The euro slipped, while the DAX added 1.2%.",
    "In Paris, the CAC 40 added 0.3 percent, and London's FTSE 100 added 12 points.",
    "The farmer read a newspaper on the train.",
    "The index continued its slide on Tuesday.",
    "The app shows the exact place of its users.",
    "The cost of the plan was not disclosed.",
    "Edward Said taught in New York for forty years.",
    "You agree to receive our newsletter and accept our privacy policy.",
    "Ferry strike: crews dig in\n\nThe crews met in May.",
    "Water crisis: wells run dry\n\nThe wells were dug in 1902.",
    "Tennis: Field beats Moss in three sets\n\nThe match ended at dusk.",
    "WATCH: Dam bursts above the town\n\nThe dam was built in 1933.",
    "‘Ice king’: police arrest dealer\n\nThe trial begins in May.",
)
SPOKEN = (
    (
        "“Did the museum say that it was genuine?” asked Ann Roe.",
        "Ann Roe",
        "“Did the museum say that it was genuine?”",
    ),
    ("Ann Roe asked whether the museum had lied.", "Ann Roe", "whether the museum had lied"),
    ("If the ship sails, it will sink, Ann Roe said.", "Ann Roe", "If the ship sails, it will sink"),
    ("Ann Roe said that if it sailed, it would sink.", "Ann Roe", "that if it sailed, it would sink"),
    ("If Roe said that it was late, she did not mean it.", "Roe", "that it was late"),
    ("Nor did the director announce that it would close.", "the director", "that it would close"),
    ("The police issued a plea for witnesses.", "The police", "witnesses"),
    ("Traders said the DAX added 0.4 percent.", "Traders", "the DAX added 0.4 percent"),
    ("Experts: dam can not be saved\n\nThe dam was built in 1933.", "Experts", "dam can not be saved"),
    ("Ann Roe: ‘Shameful’\n\nThe dam was built in 1933.", "Ann Roe", "‘Shameful’"),
    ("‘A scandal’: union reacts to fares\n\nThe fares rose.", "union", "‘A scandal’"),
    ("Prices, said the bank, will fall.", "the bank", "Prices … will fall"),
    ("Roe said it was safe and called her critics “fools”.", "Roe", "it was safe"),
    ("Roe said it was safe and called her critics “fools”.", "Roe", "her critics “fools”"),
    ("A baker, Ann Roe, rejected accusations that it was stale.", "Ann Roe", "accusations"),
    ("The judge, Ann Roe, ruled against admitting the tape as evidence.", "Ann Roe", "admitting the tape as evidence"),
    ("Ferry strike: ‘We have had enough’, say crews\n\nThe crews met.", "crews", "‘We have had enough’"),
)


@pytest.mark.parametrize("text", SILENT)
def test_what_nobody_said_is_no_claim(claims_of, text):
    assert [claim.content.text for claim in claims_of(text) if claim.type in SAID] == []


@pytest.mark.parametrize(("text", "speaker", "content"), SPOKEN)
def test_what_somebody_said_in_the_same_words_is_one(claims_of, text, speaker, content):
    assert (speaker, content) in [(claim.speaker, claim.content.text) for claim in claims_of(text)]
