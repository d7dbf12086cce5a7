"""What people of the sample wrote in their own words. All invented; no names, as the form asks."""

from __future__ import annotations

KEEP = (
    "The shared meal before every assembly. I would not know half of you without it.",
    "Translating everything, also when it takes twice as long.",
    "The Friday phone tree. It got forty people to the hearing in two days.",
    "That we said sorry to each other after the budget quarrel, in front of everybody.",
    "Meeting in each other's places instead of always in the union hall.",
    "Childcare at every meeting. My whole group could come for the first time.",
    "The rent charter team. Clear tasks, short meetings, real results.",
    "Pairing new people with someone who has been here longer.",
    "Songs. I mean it.",
    "Being honest about what we did not win.",
    "One page of minutes that I can hand on to my members.",
    "Standing beside each other when one of us gets threatened.",
    "The way the bus riders and the nurses planned the night line together.",
    "Rotating who speaks to the press.",
    "Taking August off. People came back with energy.",
    "Our listening rounds on the stairs. That is where the demands came from.",
    "Asking the quiet ones first.",
    "The small fund for groups without staff. It paid our way to every action.",
)

CHANGE = (
    "Decisions seem to be made the evening before, among the big organisations. We hear about them the next day.",
    "Fewer meetings. I spend more evenings talking about the work than doing it.",
    "We need to know who decides what. Twice we waited for an answer that nobody felt free to give.",
    "Send the papers a week before, please. Volunteers cannot read forty pages on a bus.",
    "Winning the charter was wonderful, but the same eight people did everything. Who leads when they are tired?",
    "Let chapters act on their own when it burns. Hillside lost three weeks waiting for a yes.",
    "More one centre, fewer surprises. We cannot have five press releases on one day.",
    "Share the microphone. Small groups carry the chairs and large groups give the interviews.",
    "We never sat down together after the march to ask what worked.",
    "Talk about racism before there is a conflict, not after.",
    "Money. We should all be able to see where it comes from and what the givers expect.",
    "The tone in the chat. I have muted it.",
    "Train people. I would lead a team if somebody showed me how.",
    "Invite the night shift at a time when the night shift is awake.",
    "Our own demand, ramps at every stop, keeps slipping to the end of the list.",
    "Say no more often. We join every campaign in town and finish few.",
    "Write down what we promised, and look at it again at the next meeting.",
    "Give the teachers' group a rest. They host everything.",
)

UNSAID = (
    "How much it means to me. I was alone with my landlord's letters for years.",
    "I am grateful and worn out at the same time.",
    "There is a lot of respect between the people, less between the offices.",
    "Some of us are afraid to lose our grant if we are seen at the front.",
    "I do not know yet whether this is my place. Ask me again in half a year.",
    "My answers would have been very different before the spring.",
    "The young people left the last assembly early, and nobody asked why.",
    "We have become better at being angry together.",
    "You asked about trust. I trust the people I have cooked with.",
    "That my organisation is two people and a dog, and it still counts.",
    "I had to guess what leadership means here.",
    "Nothing. It is good to be asked.",
    "We lost a friend this winter, and the alliance came to the funeral. That belongs in here somewhere.",
    "It would help to know what happens with these answers.",
    "The hill and the harbour still tell different stories about the same strike.",
    "I would have liked to say more about care work.",
)

WRITTEN = {"words.keep": KEEP, "words.change": CHANGE, "words.unsaid": UNSAID}
