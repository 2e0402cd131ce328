"""What is published is one commit of exactly its files, whatever else lies in the working copy."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servicebot.adapters.in_git.working_copy import GitWorkingCopy
from servicebot.domain.errors import ChangedMeanwhileError, RejectedError
from servicebot.domain.file_hash import file_hash
from servicebot.ports.working_copy import Publication

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
FEE = "knowledge_base/zh/card/fee.md"
LIMIT = "knowledge_base/zh/card/limit.md"
GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="no git here to compare with")


def git(folder: Path, *arguments: str) -> str:
    name = ("-c", "user.name=eng", "-c", "user.email=eng@x")
    assert GIT is not None
    ran = subprocess.run(
        [GIT, *name, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return ran.stdout


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """An engineer's repository with the content in a folder of it."""
    git(tmp_path, "init", "-q")
    for path, text in ((FEE, "费用\n"), (LIMIT, "额度\n")):
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "program.py").write_text("print()\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "begin")
    return tmp_path


@pytest.fixture
def copy(repo: Path) -> Iterator[GitWorkingCopy]:
    opened = GitWorkingCopy(repo / "content")
    yield opened
    opened.close()


def edit(copy: GitWorkingCopy, files: dict[str, bytes | None]) -> Publication:
    return Publication(
        files=files,
        before={path: file_hash(copy.read(path)) for path in files},
        title="Fees, clearer",
        editor="小林",
        approver="王 <审核>",
        at=AT,
    )


def test_a_publication_is_one_commit_with_both_names(repo: Path, copy: GitWorkingCopy) -> None:
    commit = copy.publish(edit(copy, {FEE: "免费\n".encode(), LIMIT: None}))
    shown = git(repo, "-c", "core.quotepath=off", "show", "--name-status", "--format=%an|%cn|%s")
    assert shown.split() == [
        *("小林|王", "审核|Fees,", "clearer"),
        *("M", f"content/{FEE}", "D", f"content/{LIMIT}"),
    ]
    assert git(repo, "rev-parse", "HEAD").strip() == commit
    assert git(repo, "status", "--short") == ""
    git(repo, "fsck", "--strict")


def test_what_an_engineer_has_staged_or_changed_is_left_alone(
    repo: Path, copy: GitWorkingCopy
) -> None:
    (repo / "program.py").write_text("print(1)\n")
    git(repo, "add", "program.py")
    (repo / "content" / LIMIT).write_text("新额度\n", "utf-8")
    copy.publish(edit(copy, {FEE: b"x\n"}))
    changed = git(repo, "diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD").split()
    assert changed == [f"content/{FEE}"]
    assert git(repo, "status", "--short").split() == ["M", f"content/{LIMIT}", "M", "program.py"]


def test_a_file_that_somebody_changed_meanwhile_is_not_overwritten(
    repo: Path, copy: GitWorkingCopy
) -> None:
    wanted = edit(copy, {FEE: b"mine\n"})
    (repo / "content" / FEE).write_text("theirs\n")
    with pytest.raises(ChangedMeanwhileError, match=r"fee\.md"):
        copy.publish(wanted)
    assert (repo / "content" / FEE).read_text() == "theirs\n"
    assert git(repo, "log", "--format=%s").split() == ["begin"]


def test_a_publication_that_was_cut_off_is_finished_by_the_same_again(
    repo: Path, copy: GitWorkingCopy
) -> None:
    wanted = edit(copy, {FEE: b"mine\n"})
    (repo / "content" / FEE).write_bytes(b"mine\n")  # the files were written, the commit was not
    copy.publish(wanted)
    assert git(repo, "status", "--short") == ""


def test_a_publication_that_was_cut_off_behind_its_commit_makes_no_second_one(
    repo: Path, copy: GitWorkingCopy
) -> None:
    wanted = edit(copy, {FEE: b"mine\n"})
    first = copy.publish(wanted)
    assert copy.publish(wanted) == first
    assert git(repo, "log", "--format=%s").splitlines() == ["Fees, clearer", "begin"]


@pytest.mark.parametrize(
    "path",
    [
        *("../x.md", "knowledge_base/../../x.md", "program.py", "knowledge_base/zh/.x.md"),
        *(
            "/etc/x.md",
            "knowledge_base//x.md",
            "knowledge_base/x\0.md",
            "knowledge_base/x\ud800.md",
        ),
        f"knowledge_base/zh/{'长' * 90}.md",
    ],
)
def test_no_path_leads_out_of_the_content(copy: GitWorkingCopy, path: str) -> None:
    with pytest.raises(RejectedError):
        copy.read(path)
    with pytest.raises(RejectedError):
        copy.publish(
            Publication(
                files={path: b"x"}, before={path: None}, title="t", editor="e", approver="a", at=AT
            )
        )


def test_what_is_a_folder_or_lies_below_a_file_is_no_file(copy: GitWorkingCopy) -> None:
    assert copy.read(f"{FEE}/x.md") is None
    assert copy.read("knowledge_base/zh/none.md") is None


def test_a_link_out_of_the_content_is_not_followed(repo: Path, copy: GitWorkingCopy) -> None:
    (repo / "content" / "knowledge_base" / "out").symlink_to(repo)
    with pytest.raises(RejectedError, match="leads out"):
        copy.read("knowledge_base/out/x.md")


def test_the_history_tells_who_wrote_and_who_approved(repo: Path, copy: GitWorkingCopy) -> None:
    first = copy.publish(edit(copy, {FEE: b"1\n"}))
    (repo / "program.py").write_text("print(2)\n")
    git(repo, "commit", "-qam", "no content")
    newest, published, begun = (None, *copy.history(10))
    assert newest is None
    assert (published.id, published.editor, published.approver) == (first, "小林", "王 审核")
    assert published.paths == (FEE,)
    assert begun.paths == (FEE, LIMIT)
    assert copy.changes(first) == {FEE: ("费用\n".encode(), b"1\n")}


def test_a_commit_is_named_as_people_name_it(copy: GitWorkingCopy) -> None:
    first = copy.publish(edit(copy, {FEE: b"1\n"}))
    copy.publish(edit(copy, {FEE: b"2\n"}))
    for name in (first, first[:9], "HEAD~1", "HEAD^"):
        assert copy.files_at(name) == {FEE: b"1\n", LIMIT: "额度\n".encode()}
    for name in ("HEAD~9", "nothing", "提交", ""):
        with pytest.raises(RejectedError, match="no commit"):
            copy.files_at(name)


def test_a_folder_without_history_gets_one(tmp_path: Path) -> None:
    file = tmp_path / FEE
    file.parent.mkdir(parents=True)
    file.write_text("费用\n", "utf-8")
    copy = GitWorkingCopy(tmp_path)
    assert copy.history(5) == ()
    copy.publish(edit(copy, {FEE: b"2\n"}))
    assert [one.paths for one in copy.history(5)] == [(FEE,), (FEE,)]
    assert git(tmp_path, "status", "--short") == ""
    copy.close()
