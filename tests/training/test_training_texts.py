"""Which customer phrasings are learnt and which are kept out to measure with."""

from servicebot.training.training_texts import TopicPhrasings, part_phrasings

TOPICS = tuple(
    TopicPhrasings(topic=f"topic {number}", zh=("还款", "还钱"), en=()) for number in range(400)
)


def test_about_every_fourth_topic_is_kept_out_as_a_whole() -> None:
    taught, kept_out = part_phrasings(TOPICS)
    assert {*taught, *kept_out} == {*TOPICS}
    assert not {*taught} & {*kept_out}
    assert 70 < len(kept_out) < 130


def test_neither_other_topics_nor_their_order_move_a_topic_to_the_other_side() -> None:
    _, kept_out = part_phrasings(TOPICS)
    _, fewer = part_phrasings(TOPICS[300::-1])
    assert {*fewer} == {*kept_out} & {*TOPICS[:301]}
