"""Where a database file lies, and who else has it open: what only Linux tells, and only of what we may see."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
PROCESSES = Path("/proc")
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "9p", "davfs", "glusterfs", "gfs2"}
NETWORK_FUSE = {
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.davfs",
    "fuse.cephfs",
    "fuse.smbnetfs",
}
ELSEWHERE = (
    "{path} lies on a file system of the network ({kind}). SQLite cannot rely on its locks there: answers can be lost. "
    "Put the database on a disk of this machine, or use PostgreSQL."
)


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of a file system that other machines share; None for a local one, or where nobody tells."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    place, kinds = path.absolute().resolve(), dict[Path, str]()
    for line in lines:
        before, _, after = line.partition(" - ")
        kinds[Path(_plain(before.split()[4]))] = after.split()[0]
    kind = next((kinds[above] for above in (place, *place.parents) if above in kinds), None)
    return kind if kind in NETWORK | NETWORK_FUSE else None


def misplaced(path: Path) -> str | None:
    """Return in words why a database file must not stay where it is; None where it may."""
    kind = network_file_system(path)
    return ELSEWHERE.format(path=path, kind=kind) if kind else None


def users(path: Path, processes: Path = PROCESSES) -> list[int]:
    """Return the processes, but for this one, that have a file open, as far as we may look."""
    return sorted(number for number, target in _open_files(processes) if target == str(path.absolute().resolve()))


def _open_files(processes: Path) -> Iterator[tuple[int, str]]:
    for process in processes.glob("[0-9]*"):
        if int(process.name) == os.getpid():
            continue
        with suppress(OSError):  # it has ended, or is somebody else's
            targets = {os.readlink(handle) for handle in (process / "fd").iterdir()}  # noqa: PTH115
            yield from ((int(process.name), target) for target in targets)


def _plain(written: str) -> str:
    """Undo how the kernel writes a space in a path."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), written)
