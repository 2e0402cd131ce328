"""What a topic is called in the studio."""

from servicebot.content.content import Content
from servicebot.domain.understanding import Language


def title_of(topic_id: str, content: Content, language: Language = Language.ZH) -> str:
    """The title of an article or the label of an intent; the id where it has none."""
    for spoken in (language, *Language):
        article = content.articles.get((topic_id, spoken))
        if article is not None:
            return article.title
        label = content.replies.get((f"intent_{topic_id.replace('.', '_')}", spoken))
        if label is not None:
            return label.text
    intent = content.intent_by_id.get(topic_id)
    return intent.means if intent is not None and intent.means else topic_id
