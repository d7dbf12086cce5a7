"""What did people say in their own words?"""

from assessment import ui
from assessment.alliance.words import shown
from assessment.ui import words
from assessment.ui.instance import store

person = ui.require(*ui.EVERYONE)
results = ui.results(person)
told = shown(store(), person.alliance_id, results.release.facts.round_id)

ui.title(words.finding(results, told), words.UNDER)
if person.role in ui.COORDINATORS:
    words.moderate_panel(person, results)
    words.codebook_panel(person)
for question in results.questionnaire.written:
    words.question_panel(results, question.id, told.get(question.id))
