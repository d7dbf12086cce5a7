"""What people of the sample wrote in their own words. All invented; no names, as the form asks."""

from __future__ import annotations

from typing import NamedTuple

DECIDING = "Deciding"
SIZES = "Small and large"
CARE = "Care for each other"
TIME = "Time and meetings"
LEARNING = "Learning to lead"
TOGETHER = "Acting together"
THEMES = (DECIDING, SIZES, CARE, TIME, LEARNING, TOGETHER)


class Quote(NamedTuple):
    """A text and what coordinators hear in it."""

    words: str
    themes: tuple[str, ...] = ()


KEEP = (
    Quote("The shared meal before every assembly. I would not know half of you without it.", (CARE,)),
    Quote("Translating everything, also when it takes twice as long.", (CARE, TIME)),
    Quote("The Friday phone tree. It got forty people to the hearing in two days.", (TOGETHER,)),
    Quote("That we said sorry to each other after the budget quarrel, in front of everybody.", (CARE,)),
    Quote("Meeting in each other's places instead of always in the union hall.", (SIZES,)),
    Quote("Childcare at every meeting. My whole group could come for the first time.", (CARE, TIME)),
    Quote("The rent charter team. Clear tasks, short meetings, real results.", (TOGETHER, TIME)),
    Quote("Pairing new people with someone who has been here longer.", (LEARNING,)),
    Quote("Songs. I mean it.", (CARE,)),
    Quote("Being honest about what we did not win.", (LEARNING,)),
    Quote("One page of minutes that I can hand on to my members.", (TIME,)),
    Quote("Standing beside each other when one of us gets threatened.", (CARE, TOGETHER)),
    Quote("The way the bus riders and the nurses planned the night line together.", (TOGETHER,)),
    Quote("Rotating who speaks to the press.", (LEARNING, SIZES)),
    Quote("Taking August off. People came back with energy.", (TIME,)),
    Quote("Our listening rounds on the stairs. That is where the demands came from.", (TOGETHER,)),
    Quote("Asking the quiet ones first.", (CARE, DECIDING)),
    Quote("The small fund for groups without staff. It paid our way to every action.", (SIZES,)),
)

CHANGE = (
    Quote(
        "Decisions seem to be made the evening before, among the big organisations. We hear about them the next day.",
        (DECIDING, SIZES),
    ),
    Quote("Fewer meetings. I spend more evenings talking about the work than doing it.", (TIME,)),
    Quote(
        "We need to know who decides what. Twice we waited for an answer that nobody felt free to give.", (DECIDING,)
    ),
    Quote("Send the papers a week before, please. Volunteers cannot read forty pages on a bus.", (TIME, DECIDING)),
    Quote(
        "Winning the charter was wonderful, but the same eight people did everything. Who leads when they are tired?",
        (LEARNING,),
    ),
    Quote("Let chapters act on their own when it burns. Hillside lost three weeks waiting for a yes.", (DECIDING,)),
    Quote("More one centre, fewer surprises. We cannot have five press releases on one day.", (DECIDING,)),
    Quote("Share the microphone. Small groups carry the chairs and large groups give the interviews.", (SIZES,)),
    Quote("We never sat down together after the march to ask what worked.", (LEARNING,)),
    Quote("Talk about racism before there is a conflict, not after.", (CARE,)),
    Quote("Money. We should all be able to see where it comes from and what the givers expect.", (DECIDING,)),
    Quote("The tone in the chat. I have muted it.", (CARE,)),
    Quote("Train people. I would lead a team if somebody showed me how.", (LEARNING,)),
    Quote("Invite the night shift at a time when the night shift is awake.", (TIME,)),
    Quote("Our own demand, ramps at every stop, keeps slipping to the end of the list.", (SIZES,)),
    Quote("Say no more often. We join every campaign in town and finish few.", (DECIDING, TOGETHER)),
    Quote("Write down what we promised, and look at it again at the next meeting.", (DECIDING,)),
    Quote("Give the teachers' group a rest. They host everything.", (SIZES, CARE)),
)

UNSAID = (
    Quote("How much it means to me. I was alone with my landlord's letters for years.", (CARE,)),
    Quote("I am grateful and worn out at the same time.", (TIME, CARE)),
    Quote("There is a lot of respect between the people, less between the offices.", (SIZES,)),
    Quote("Some of us are afraid to lose our grant if we are seen at the front.", (TOGETHER,)),
    Quote("I do not know yet whether this is my place. Ask me again in half a year."),
    Quote("My answers would have been very different before the spring."),
    Quote("The young people left the last assembly early, and nobody asked why.", (DECIDING, CARE)),
    Quote("We have become better at being angry together.", (TOGETHER,)),
    Quote("You asked about trust. I trust the people I have cooked with.", (CARE,)),
    Quote("That my organisation is two people and a dog, and it still counts.", (SIZES,)),
    Quote("I had to guess what leadership means here.", (LEARNING,)),
    Quote("Nothing. It is good to be asked."),
    Quote(
        "We lost a friend this winter, and the alliance came to the funeral. That belongs in here somewhere.", (CARE,)
    ),
    Quote("It would help to know what happens with these answers."),
    Quote("The hill and the harbour still tell different stories about the same strike.", (TOGETHER,)),
    Quote("I would have liked to say more about care work.", (CARE,)),
)

WRITTEN = {"words.keep": KEEP, "words.change": CHANGE, "words.unsaid": UNSAID}
HEARD_IN = {quote.words: quote.themes for quotes in WRITTEN.values() for quote in quotes}
FOR_THE_RETREAT = frozenset(
    {
        "Share the microphone. Small groups carry the chairs and large groups give the interviews.",
        "We have become better at being angry together.",
        "Our listening rounds on the stairs. That is where the demands came from.",
    }
)
