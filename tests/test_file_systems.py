"""Which file system a path lies on, from hand-made lists of mounts."""

from pathlib import Path

import pytest

from index import file_systems
from index.file_systems import (
    Mount,
    keeps_change_times,
    kind_at,
    network_warning,
    parse_linux_mounts,
    parse_macos_mounts,
)

LINUX = parse_linux_mounts(
    r"""/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
nas:/export/lab /mnt/lab nfs4 rw,vers=4.2 0 0
//nas/data /mnt/the\040data cifs rw 0 0
anna@host:/home /home/anna/far fuse.sshfs rw 0 0
drvfs /mnt/c 9p rw,aname=drvfs 0 0
/dev/sdb1 /media/stick vfat rw 0 0
/dev/sdc1 /mnt/lab/local ext4 rw 0 0
/dev/sda2 /run tmpfs ro 0 0
broken line
"""
)
MACOS = parse_macos_mounts(
    """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@nas._smb._tcp.local/Data (1) on /Volumes/Data (1) (smbfs, nodev, nosuid, mounted by anna)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev, nosuid, noowners)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna/index", "ext4"),
        ("/mnt/lab", "nfs4"),
        ("/mnt/lab/index", "nfs4"),
        ("/mnt/laboratory/index", "ext4"),
        ("/mnt/lab/local/index", "ext4"),
        ("/mnt/the data/index", "cifs"),
        ("/home/anna/far/index", "fuse.sshfs"),
        ("/mnt/c/Users/anna", "9p"),
        (r"\\nas\data\index", "smb3"),
        ("//nas/data/index", "smb3"),
        (r"C:\Users\anna", ""),
        (r"\\?\C:\Users\anna", ""),
    ],
)
def test_the_deepest_mount_that_holds_a_path_names_its_file_system(path: str, kind: str) -> None:
    mounts = LINUX if path.startswith("/") else ()
    assert kind_at(path, mounts) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users/anna", "apfs"),
        ("/Volumes/Data (1)/index", "smbfs"),
        ("/Volumes/STICK/index", "msdos"),
    ],
)
def test_macos_names_its_file_systems_too(path: str, kind: str) -> None:
    assert kind_at(path, MACOS) == kind


def test_the_later_of_two_mounts_on_one_point_holds() -> None:
    assert kind_at("/a", [Mount("/a", "ext4"), Mount("/a", "nfs")]) == "nfs"


@pytest.mark.parametrize("path", ["/mnt/lab/a", "/media/stick/a", "/home/anna/far/a", r"C:\a"])
def test_change_times_are_not_relied_on_far_away_nor_on_a_stick(path: str) -> None:
    assert not keeps_change_times(Path(path), LINUX if path.startswith("/") else ())


def test_change_times_are_relied_on_on_a_disk_of_linux() -> None:
    assert keeps_change_times(Path("/home/anna"), LINUX)


def test_a_network_folder_is_warned_of_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_systems, "mounts", lambda: (Mount("/", "nfs4"),))
    warning = network_warning(tmp_path / "index")
    assert "index is on a network folder (nfs4)" in warning
    assert "\n" not in warning


def test_this_machine_lists_what_holds_its_own_root() -> None:
    if not Path("/proc/self/mounts").exists():
        pytest.skip("no /proc/self/mounts here")
    assert kind_at("/", file_systems.mounts())
