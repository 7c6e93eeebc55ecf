"""Writing one file: complete or not at all, by one process at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.storage import files, output
from mum_tui.storage.files import remove_leftovers, write_atomically
from mum_tui.storage.lock import Busy, locked
from tests.disks import as_nobody, everyones_folder, failing, lock_held, small_disk
from tests.examples import examples


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- writing


def test_makes_the_folder_and_a_file_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.json"
    write_atomically(path, b"content")
    assert path.read_bytes() == b"content"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(path.parent) == ["file.json"]


@examples(100)
@given(old=st.binary(), new=st.binary(max_size=5000))
def test_replaces_any_content_by_any_other(old: bytes, new: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(old)
        write_atomically(path, new)
        assert path.read_bytes() == new
        assert names(Path(folder)) == ["file"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o400])
def test_keeps_the_mode_whatever_the_umask(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    umask = os.umask(0o077)
    try:
        write_atomically(path, b"new")
    finally:
        os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("relative", [True, False])
@pytest.mark.parametrize("there", [True, False], ids=["existing", "dangling"])
def test_a_symbolic_link_stays_one(tmp_path: Path, relative: bool, there: bool) -> None:
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir()
    real = dotfiles / "real.json"
    if there:
        real.write_bytes(b"old")
        real.chmod(0o644)
    middle = tmp_path / "middle"
    middle.symlink_to(Path("dotfiles/real.json") if relative else real)
    link = tmp_path / "config" / "link.json"
    link.parent.mkdir()
    link.symlink_to(Path("../middle") if relative else middle)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert middle.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == (0o644 if there else 0o600)
    assert names(dotfiles) == ["real.json"]
    assert names(link.parent) == ["link.json"]


@pytest.mark.parametrize(
    ("where", "name", "number"),
    [
        (os, "write", errno.ENOSPC),
        (os, "write", errno.EIO),
        (os, "fsync", errno.ENOSPC),
        (os, "fsync", errno.EDQUOT),
        (Path, "replace", errno.EACCES),
        (Path, "replace", errno.EROFS),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str, number: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(where, name, failing(number))
        with pytest.raises(OSError, match=r".") as caught:
            write_atomically(path, b"new" * 1000)
    assert caught.value.errno == number
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def interrupt(descriptor: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_the_content_is_synced_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    sync = os.fsync
    seen = []

    def note(descriptor: int) -> None:
        seen.append(("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file", path.read_bytes()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    write_atomically(path, b"new")
    assert seen == [("file", b"old"), ("folder", b"new")]


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    write_atomically(tmp_path / "file", b"0123456789" * 10)
    assert (tmp_path / "file").read_bytes() == b"0123456789" * 10


def test_a_folder_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path / "file", b"new")
    assert names(tmp_path) == ["file"]


def test_a_limit_on_file_sizes_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    code = """
import resource, sys
from pathlib import Path
from mum_tui.storage.files import write_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_atomically(Path(sys.argv[1]), b"x" * 5000)
except OSError as error:
    print(error.errno)
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) == errno.EFBIG
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    with small_disk(tmp_path, "64k"):
        path = tmp_path / "file"
        write_atomically(path, b"a" * 40_000)
        with pytest.raises(OSError, match="No space left") as caught:
            write_atomically(path, b"b" * 40_000)
        assert caught.value.errno == errno.ENOSPC
        assert path.read_bytes() == b"a" * 40_000
        assert names(tmp_path) == ["file"]


def test_a_folder_that_may_not_be_written_changes_nothing() -> None:
    with everyones_folder() as folder:
        path = folder / "file"
        path.write_bytes(b"old")
        path.chmod(0o666)
        folder.chmod(0o555)
        code = """
for attempt in (lambda: write_atomically(Path(sys.argv[1]), b"new"), locked(Path(sys.argv[1]), 1).__enter__):
    try:
        attempt()
    except OSError as error:
        print(error.errno)
"""
        assert as_nobody(code, str(path)).split() == [str(errno.EACCES)] * 2
        assert path.read_bytes() == b"old"
        assert names(folder) == ["file"]
        folder.chmod(0o755)


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    path = tmp_path / "file"
    contents = [b"a" * 100_000, b"b" * 200_000]
    path.write_bytes(contents[0])
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            write_atomically(path, contents[number % 2])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = {path.read_bytes() for _ in range(500)}
        deadline = time.monotonic() + 10
        while len(seen) < 2 and time.monotonic() < deadline:
            seen.add(path.read_bytes())
    finally:
        stop.set()
        writer.join()
    assert seen == set(contents)


# -- what interrupted writes left behind


@pytest.mark.parametrize(
    ("name", "age", "stays"),
    [
        (".library.json.123-0a1b2c3d.tmp", 7200, False),
        (".library.json.bak.123-0a1b2c3d.tmp", 7200, False),
        (".library.json.123-0a1b2c3d.tmp", 60, True),
        (".library.json.123-0a1b2c3d.tmp", -7200, True),
        (".session.json.123-0a1b2c3d.tmp", 7200, True),
        (".library.json.notes.tmp", 7200, True),
        ("library.json.tmp", 7200, True),
        ("library.json.123-0a1b2c3d.tmp", 7200, True),
        (".library.json.123-0a1b2c3d.tmp.swp", 7200, True),
        ("library.json", 7200, True),
        ("library.json.bak", 7200, True),
        ("library.json.lock", 7200, True),
    ],
)
def test_only_our_own_old_temporaries_are_removed(tmp_path: Path, name: str, age: float, stays: bool) -> None:
    leftover = tmp_path / name
    leftover.write_bytes(b"x")
    os.utime(leftover, (time.time() - age,) * 2)
    remove_leftovers(tmp_path / "library.json")
    assert leftover.exists() is stays


def test_what_a_killed_writer_left_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "odd [name]?*.json"
    code = """
import os, signal, sys
from pathlib import Path
from mum_tui.storage.files import write_atomically
os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
write_atomically(Path(sys.argv[1]), b"new")
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) == 1
    remove_leftovers(path)
    assert names(tmp_path) == []


def test_the_next_write_removes_what_killed_ones_left(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    write_atomically(path, b"1")
    machine = files.machine_name()
    (tmp_path / f".links.json.{machine}.{int(dead.stdout)}-0a1b2c3d.tmp").write_bytes(b"half")
    write_atomically(path, b"2")
    assert names(tmp_path) == ["links.json"]


@pytest.mark.parametrize("machine", ["", "another"])
def test_a_file_that_is_being_written_stays(tmp_path: Path, machine: str) -> None:
    """By a living process of this machine, or by one of another machine, which we cannot see."""
    name = f"{files.machine_name()}.{os.getpid()}" if not machine else "00000000.999999999"
    being_written = tmp_path / f".library.json.{name}-0a1b2c3d.tmp"
    being_written.write_bytes(b"half")
    files.remove_all_leftovers(tmp_path)
    assert being_written.exists()
    os.utime(being_written, (0, 0))
    files.remove_all_leftovers(tmp_path)
    assert not being_written.exists()


@pytest.mark.parametrize("path", ["/dev/zero", "pipe", "folder", "loop", "large"])
def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(OSError, match=r"pipe|directory|symbolic|larger"):
        files.read(tmp_path / path)


def test_removing_from_a_folder_that_is_not_there_or_of_a_folder_is_nothing(tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "missing" / "library.json")
    folder = tmp_path / ".library.json.123-0a1b2c3d.tmp"
    folder.mkdir()
    os.utime(folder, (0, 0))
    remove_leftovers(tmp_path / "library.json")
    assert folder.is_dir()


# -- the lock


def test_a_lock_held_elsewhere_makes_us_busy_in_time(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    with lock_held(path):
        start = time.monotonic()
        with pytest.raises(Busy, match="another mum-tui is writing to it") as caught, locked(path, 0.3):
            pytest.fail("the lock was given twice")
        assert 0.3 <= time.monotonic() - start < 2
        assert caught.value.errno == errno.EBUSY


def test_a_lock_released_in_time_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    start = time.monotonic()
    with lock_held(path, 0.3), locked(path, 10):
        assert 0.2 < time.monotonic() - start < 5


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    with lock_held(path) as child:
        child.kill()
        child.wait()
        with locked(path, 5):
            pass


def test_a_link_and_its_target_have_one_lock(tmp_path: Path) -> None:
    link = tmp_path / "config" / "library.json"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "real.json")
    with lock_held(tmp_path / "real.json"), pytest.raises(Busy), locked(link, 0):
        pytest.fail("the lock was given twice")
    assert names(link.parent) == ["library.json"]


def test_the_lock_is_released_after_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "new" / "library.json"
    with pytest.raises(ZeroDivisionError), locked(path, 1):
        raise ZeroDivisionError
    with locked(path, 0):
        pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_tolerated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(fcntl, "flock", failing(number))
    with locked(tmp_path / "library.json", 0):
        write_atomically(tmp_path / "library.json", b"new")
    assert (tmp_path / "library.json").read_bytes() == b"new"


def test_any_other_fault_of_the_lock_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", failing(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"), locked(tmp_path / "library.json", 0):
        pytest.fail("there was no lock")


def test_a_lock_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"), locked(tmp_path / "file" / "library.json", 0):
        pytest.fail("there was no lock")


def test_an_export_removes_what_killed_exports_left_under_any_name(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (tmp_path / f".other.csv.{files.machine_name()}.{int(dead.stdout)}-0a1b2c3d.tmp").write_bytes(b"half")
    output.write(tmp_path / "list.csv", "whole")
    assert names(tmp_path) == ["list.csv"]


def test_a_pipe_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that finds it closed, if only for a moment, takes that for the end, and is gone."""
    pipe, close = tmp_path / "pipe", os.close
    os.mkfifo(pipe)

    def closed(descriptor: int) -> None:
        close(descriptor)
        time.sleep(0.3)

    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        monkeypatch.setattr(os, "close", closed)
        writing = threading.Thread(target=output.write, args=(pipe, "whole"), daemon=True)
        writing.start()
        assert reader.stdout
        assert reader.stdout.read() == b"whole"
        writing.join()
