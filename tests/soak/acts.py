"""What a mad user does, and how often; what is done once at the start is done in this order."""

from __future__ import annotations

from tests.soak import learning, looking, translating
from tests.soak.user import Act

ACTS: dict[Act, float] = {
    translating.translate: 2400,
    translating.type_by_key: 2,
    translating.paste: 3,
    translating.stop: 4,
    translating.change_mind: 10,
    translating.edit: 4,
    translating.turn_round: 4,
    translating.drop_file: 3,
    translating.steer: 6,
    translating.look_at_words: 6,
    looking.look_inside: 6,
    looking.ask_for_truth: 1,
    looking.see_others: 2,
    looking.visit_all: 1,
    looking.go_to_page: 4,
    looking.dress_up: 3,
    looking.resize: 3,
    looking.set_up: 8,
    looking.recompute: 1,
    looking.click_anywhere: 4,
    learning.teach: 5,
    learning.correct: 4,
    learning.train: 3,
    learning.look_after_models: 3,
    translating.choose_model: 2,
}
