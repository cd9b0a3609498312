r"""Which file system a path lies on, and what may be asked of it.

Linux lists what is mounted in `/proc/self/mounts`, in the form of fstab(5); on macOS the command
`mount` does. Elsewhere only a path of the form ``\\server\share`` gives a network folder away.
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

NETWORK_FILE_SYSTEMS = frozenset(
    "9p afpfs afs beegfs ceph cifs coda davfs davfs2 fuse.beegfs fuse.ceph fuse.cephfs "
    "fuse.curlftpfs fuse.davfs fuse.gcsfuse fuse.glusterfs fuse.goofys fuse.juicefs fuse.rclone "
    "fuse.s3fs fuse.smbnetfs fuse.sshfs glusterfs gpfs lustre ncpfs nfs nfs3 nfs4 orangefs prl_fs "
    "smb2 smb3 smbfs sshfs vboxsf virtiofs vmhgfs webdav fuse.vmhgfs-fuse".split()
)
"""Those whose files another machine may hold, or the host of a virtual one: no shared memory."""
CHANGE_TIME_FILE_SYSTEMS = frozenset(
    "apfs bcachefs btrfs ext2 ext3 ext4 f2fs hfs jfs nilfs2 overlay tmpfs ufs xfs zfs".split()
)
"""Local ones that set a file's change time (ctime) at each write, and let nobody set it back.

FAT and exFAT have none, sshfs shows the modification time in its place, Windows the creation
time; what is not listed here is not relied on.
"""
_NETWORK_NAME = re.compile(r"[/\\]{2}[^/\\?.]")  # \\server\share, but not \\?\C:\ or \\.\pipe
_MACOS_MOUNT = re.compile(r"^.+? on (?P<point>/.*) \((?P<kind>[^,()]+)[^()]*\)$")
_MOUNT_SECONDS = 5


@dataclass(frozen=True)
class Mount:
    """A file system of a `kind` (in small letters) and the folder where it begins."""

    point: str
    kind: str


def parse_linux_mounts(text: str) -> tuple[Mount, ...]:
    r"""The mounts of `/proc/self/mounts`, in the order in which they were made.

    >>> parse_linux_mounts("server:/home /home nfs4 rw 0 0\nC: /mnt/a\\040b 9p rw 0 0")
    (Mount(point='/home', kind='nfs4'), Mount(point='/mnt/a b', kind='9p'))
    """
    fields = (line.split(" ") for line in text.splitlines())
    return tuple(Mount(_unescaped(f[1]), f[2].lower()) for f in fields if len(f) >= 3)


def parse_macos_mounts(text: str) -> tuple[Mount, ...]:
    """The mounts that macOS's `mount` prints.

    >>> parse_macos_mounts("//anna@nas/data on /Volumes/data (smbfs, nodev, mounted by anna)")
    (Mount(point='/Volumes/data', kind='smbfs'),)
    """
    found = (_MACOS_MOUNT.match(line) for line in text.splitlines())
    return tuple(Mount(match["point"], match["kind"].lower()) for match in found if match)


def kind_at(path: str, mounts: Iterable[Mount]) -> str:
    """The kind of file system that holds an absolute path without links; "" where none is known.

    The longest point that the path lies under holds it, and of two on one point the later.

    >>> kind_at("/home/anna", [Mount("/", "ext4"), Mount("/home", "nfs4")])
    'nfs4'
    """
    if _NETWORK_NAME.match(path):
        return "smb3"
    # Compared as text: a corpus may have a folder for each of 100,000 articles.
    inside = [mount for mount in mounts if f"{path}/".startswith(f"{mount.point.rstrip('/')}/")]
    inside.sort(key=lambda mount: len(mount.point))
    return inside[-1].kind if inside else ""


def mounts() -> tuple[Mount, ...]:
    """What is mounted on this machine; nothing where it cannot be told."""
    try:
        if sys.platform.startswith("linux"):
            text = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
            return parse_linux_mounts(text)
        if sys.platform == "darwin":
            return parse_macos_mounts(
                subprocess.run(
                    ["/sbin/mount"], capture_output=True, text=True, check=True,
                    timeout=_MOUNT_SECONDS, errors="surrogateescape",
                ).stdout
            )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        pass
    return ()


def network_warning(folder: Path) -> str:
    """One line for an index folder that lies on a network, "" for one that does not.

    SQLite's write-ahead log needs memory that all its processes share, and a file system that
    locks as it says: https://sqlite.org/wal.html and https://sqlite.org/useovernet.html.
    """
    kind = kind_at(str(folder.resolve()), mounts())
    if kind not in NETWORK_FILE_SYSTEMS:
        return ""
    return (
        f"{folder} is on a network folder ({kind}): build and search it from one machine at a "
        "time, or keep the index on a local disk (--index DIR); a copy made after a build is safe"
    )


def keeps_change_times(path: Path, mounted: Iterable[Mount]) -> bool:
    """Whether no write to a file on this path's file system can leave its change time as it was."""
    return kind_at(str(path), mounted) in CHANGE_TIME_FILE_SYSTEMS


def _unescaped(field: str) -> str:
    """Blanks and backslashes are written as three octal digits, see getmntent(3)."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)
