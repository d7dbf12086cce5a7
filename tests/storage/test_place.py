"""Where a database file lies, and who else has it open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.storage.place import misplaced, network_file_system, users

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / {shared} rw shared:9 - {kind} server:/share rw,vers=4.2
31 22 0:41 / {local} rw shared:9 - tmpfs tmpfs rw
"""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_file_system_of_the_network_is_told_by_its_kind(tmp_path: Path, kind: str) -> None:
    shared, local = tmp_path / "our share", tmp_path / "our share" / "local"
    local.mkdir(parents=True)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        MOUNTS.format(shared=str(shared).replace(" ", r"\040"), local=str(local).replace(" ", r"\040"), kind=kind)
    )
    assert network_file_system(shared / "tend.db", mounts) == kind
    assert network_file_system(local / "tend.db", mounts) is None
    assert network_file_system(tmp_path / "tend.db", mounts) is None
    assert network_file_system(tmp_path / "tend.db", tmp_path / "nothing") is None


def test_a_file_in_a_temporary_folder_may_stay(tmp_path: Path) -> None:
    assert misplaced(tmp_path / "tend.db") is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_who_else_has_a_file_open_is_found(tmp_path: Path) -> None:
    path = tmp_path / "tend.db"
    path.write_bytes(b"")
    hold = "import sys; held = open(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(path)]
    with path.open(), subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        assert users(path) == [other.pid]
        assert os.getpid() not in users(path)
        other.communicate()
    assert users(path) == []
