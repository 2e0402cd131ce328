"""Domain values of the studio -> the forms that its page is told."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from servicebot.content.article import Article
from servicebot.content.complaint import words_of
from servicebot.content.content import Content
from servicebot.domain.drafts import Draft
from servicebot.domain.edition_now import EditionNow, EditionState
from servicebot.domain.errors import ContentFault
from servicebot.domain.understanding import Language
from servicebot.ports.ratings import RatingCount
from servicebot.ports.working_copy import Revision
from servicebot.studio.effect import FlipGroup
from servicebot.studio.effects import Comparison
from servicebot.studio.judge import Judgement
from servicebot.studio.miss_groups import MissGroup
from servicebot.studio.tables.not_taken import NotTaken
from servicebot.studio.titles import title_of
from servicebot.studio.why import Reason
from servicebot.web import studio_answer_forms as forms
from servicebot.web.studio_file_forms import NotTakenTold
from servicebot.web.studio_miss_forms import HomeTold, MissTold

_MOST_FAULTS = 200
_MOST_NOT_TAKEN = 500
_MOST_FLIPS = 200
_MOST_QUESTIONS = 50


def instant(at: datetime) -> str:
    """As pages read it."""
    return at.isoformat()


def faults_told(faults: Iterable[ContentFault]) -> tuple[forms.FaultTold, ...]:
    """Complaints, the first of them."""
    told = (
        forms.FaultTold(
            path=one.path,
            line=one.line,
            rule=one.rule,
            zh=words_of(one, Language.ZH),
            en=words_of(one, Language.EN),
            level=one.level,
        )
        for one in faults
    )
    return tuple(told)[:_MOST_FAULTS]


def not_taken_told(found: Sequence[NotTaken]) -> tuple[NotTakenTold, ...]:
    """What an upload could not give, the first of it."""
    told = (NotTakenTold(place=one.place, why=one.why, named=one.named) for one in found)
    return tuple(told)[:_MOST_NOT_TAKEN]


def draft_told(draft: Draft, live: str | None = None) -> forms.DraftTold:
    """A draft; `live` is the version of the content that its effect must have been compared with."""
    return forms.DraftTold(
        id=draft.id,
        title=draft.title,
        author=draft.author,
        editors=draft.editors,
        state=draft.state,
        created=instant(draft.created),
        changed=instant(draft.changed),
        paths=tuple(sorted(draft.files)),
        effect=_effect_told(draft, live),
        said=draft.said,
        approver=draft.approver,
        commit=draft.commit,
    )


def _effect_told(draft: Draft, live: str | None) -> forms.EffectTold | None:
    effect = draft.effect
    if effect is None:
        return None
    signed: dict[str, list[str]] = {}
    for one in draft.signatures:
        if one.of == draft.version:
            signed.setdefault(one.group, []).append(one.person)
    return forms.EffectTold(
        questions=effect.questions,
        stale=effect.of != draft.version or (live is not None and effect.live != live),
        groups=tuple(
            forms.GroupTold(
                id=one.id,
                was=one.was,
                becomes=one.becomes,
                questions=one.questions,
                asked=one.asked,
                solved=one.solved,
                unsolved=one.unsolved,
                signed=tuple(dict.fromkeys(signed.get(one.id, ()))),
            )
            for one in effect.groups
        ),
    )


def judgement_told(one: Judgement, content: Content | None) -> forms.JudgementTold:
    """What an edition makes of a question."""
    title = title_of(one.answer, content, one.language) if content is not None else one.answer
    return forms.JudgementTold(
        answer=one.answer,
        title=title,
        topic=one.topic,
        probability=one.probability,
        band=one.band,
        language=one.language,
        reply=one.reply,
    )


def reasons_told(reasons: Iterable[Reason]) -> tuple[forms.ReasonTold, ...]:
    """What speaks for each topic."""
    return tuple(
        forms.ReasonTold(
            topic=one.topic,
            title=one.title,
            probability=one.probability,
            words=one.words,
            phrases=one.phrases,
        )
        for one in reasons
    )


def progress_told(comparison: Comparison | None) -> forms.Progress:
    """How far a comparison is, and what it found."""
    if comparison is None:
        return forms.Progress(state="none")
    if comparison.failed:
        return forms.Progress(state="failed", why=comparison.failed)
    if comparison.effect is not None:
        groups = tuple(map(_group_told, comparison.effect.groups))
        count = comparison.effect.questions
        return forms.Progress(state="done", done=count, of=count, groups=groups)
    if comparison.done is None:
        return forms.Progress(state="fitting", of=comparison.total)
    return forms.Progress(state="comparing", done=comparison.done, of=comparison.total)


def _group_told(group: FlipGroup) -> forms.FlipsOfGroup:
    return forms.FlipsOfGroup(
        id=group.id,
        was=group.was,
        becomes=group.becomes,
        flips=tuple(
            forms.FlipTold(
                text=one.question.text,
                asked=one.question.asked,
                handed_over=one.question.handed_over,
                solved=one.question.solved,
                unsolved=one.question.unsolved,
                was=one.was.reply,
                becomes=one.becomes.reply,
            )
            for one in group.flips[:_MOST_FLIPS]
        ),
    )


def editions_rated(
    article: Article, counts: Iterable[RatingCount]
) -> tuple[forms.EditionRated, ...]:
    """What customers said of each edition of an article that serves, the newest first."""
    named = (article.id, article.language)
    of_it = [one for one in counts if (one.article, one.language) == named]
    return tuple(
        forms.EditionRated(
            serving=one.edition == article.edition,
            solved=one.solved,
            unsolved=one.unsolved,
            newest=instant(one.newest),
        )
        for one in sorted(of_it, key=lambda one: one.newest, reverse=True)
    )


def revision_told(one: Revision) -> forms.RevisionTold:
    """A change of the content."""
    return forms.RevisionTold(
        id=one.id,
        at=instant(one.at),
        editor=one.editor,
        approver=one.approver,
        title=one.title,
        paths=one.paths,
    )


def miss_told(group: MissGroup) -> MissTold:
    """Missed questions that mean the same."""
    return MissTold(
        id=group.id,
        language=group.language,
        phrase=group.phrase,
        asked=group.asked,
        handed_over=group.handed_over,
        unanswered=group.unanswered,
        asked_back=group.asked_back,
        unsolved=group.unsolved,
        questions=tuple(one.text for one in group.questions[:_MOST_QUESTIONS]),
        homes=tuple(
            HomeTold(topic=one.topic, title=one.title, path=one.path, chance=one.chance)
            for one in group.homes
        ),
    )


def live_told(now: EditionNow | None) -> forms.Live:
    """Which content serves."""
    if now is None:
        return forms.Live(version="", state=EditionState.LIVE, since=None)
    faults = tuple(
        forms.FaultTold(path=one.path, line=one.line, rule=one.rule, zh=one.zh, en=one.en)
        for one in now.faults
    )
    return forms.Live(version=now.version, state=now.state, since=instant(now.since), faults=faults)
