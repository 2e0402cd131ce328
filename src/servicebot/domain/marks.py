"""Marks: words that show how a message is meant, whatever it is about."""

from enum import StrEnum
from typing import Final


class Mark(StrEnum):
    """The lists of `intents/<language>/marks.yaml`, by their name there.

    The first part is read by the dialogue, the second only by the hearing.
    """

    QUESTION = "question"
    REQUEST = "request"
    CONTRAST = "contrast"
    THE_OTHER = "the_other"
    DEED = "deed"
    STOPS_A_CARD = "stops_a_card"
    PAYS = "pays"
    UNLINKS = "unlinks"
    STAYS = "stays"
    QUEUE = "queue"
    THE_LARGEST = "the_largest"
    THE_SMALLEST = "the_smallest"
    THE_OLDEST = "the_oldest"
    THE_NEWEST = "the_newest"
    THE_WHOLE = "the_whole"
    WHAT_IS_DUE = "what_is_due"
    HALF = "half"
    BOTH = "both"
    IN_THE_PAST = "in_the_past"
    TOO_MUCH = "too_much"
    MORE_BY = "more_by"
    LESS_BY = "less_by"
    MONTH_PLACE = "month_place"
    LOAN_PLACE = "loan_place"
    FEE = "fee"
    ASKS_AT_END = "asks_at_end"
    LAUGHS = "laughs"
    TELLS = "tells"
    NAMES_NOTHING = "names_nothing"
    RESERVATION = "reservation"
    ELSEWHERE = "elsewhere"

    BUT = "but"
    JOINS = "joins"
    JOINS_AGAIN = "joins_again"
    JOINS_LEAD = "joins_lead"
    ASKS_FIRST = "asks_first"
    LEANS_IN_FRONT = "leans_in_front"
    LEANS_AT_END = "leans_at_end"
    FILLER = "filler"
    PLACE = "place"
    HESITATION = "hesitation"
    STRESS = "stress"
    NEVER_ASKED = "never_asked"
    NOT_THIS = "not_this"
    NOT_IT = "not_it"
    LEFT_ASIDE = "left_aside"
    NO_IN_FRONT = "no_in_front"
    NO_IS_THE_MATTER = "no_is_the_matter"
    MEANT_INSTEAD = "meant_instead"
    MEANT_LEAD = "meant_lead"
    TAKEN_BACK = "taken_back"
    TAKEN_BACK_MEANT = "taken_back_meant"
    TAKEN_BACK_LINK = "taken_back_link"
    TAKEN_BACK_FILLER = "taken_back_filler"
    TAKEN_BACK_AT_END = "taken_back_at_end"
    TAKEN_BACK_LEAD = "taken_back_lead"
    BESIDE_A_YES = "beside_a_yes"
    YES_SOUND = "yes_sound"
    ADDRESS = "address"
    PERSON = "person"
    PERSON_ALONE = "person_alone"
    NOT_PERSON = "not_person"
    DISTRESS = "distress"


SEEN_BY_DIALOGUE: Final = (
    *(Mark.QUESTION, Mark.REQUEST, Mark.CONTRAST, Mark.THE_OTHER, Mark.THE_WHOLE),
    *(
        Mark.DEED,
        Mark.STOPS_A_CARD,
        Mark.PAYS,
        Mark.UNLINKS,
        Mark.STAYS,
        Mark.QUEUE,
        Mark.THE_LARGEST,
        Mark.THE_SMALLEST,
        Mark.THE_OLDEST,
        Mark.THE_NEWEST,
    ),
    *(Mark.WHAT_IS_DUE, Mark.HALF, Mark.BOTH, Mark.IN_THE_PAST, Mark.TOO_MUCH),
    *(Mark.MORE_BY, Mark.LESS_BY, Mark.MONTH_PLACE, Mark.LOAN_PLACE, Mark.FEE),
    *(Mark.TELLS, Mark.NAMES_NOTHING, Mark.RESERVATION, Mark.ELSEWHERE),
)
