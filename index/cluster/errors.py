"""What can go wrong with a cluster. Each message is one line that names the way out.

ClusterError              the cluster cannot do the work
├── RayMissingError       the packages are not installed
└── ClusterLostError      it went away in mid-work; what is done is kept
"""

from index.errors import CatalogError


class ClusterError(CatalogError):
    """Nothing was published; the message says what to mend."""


class RayMissingError(ClusterError):
    """Nothing on this machine can talk to a cluster."""

    def __init__(self) -> None:
        super().__init__(
            "--on ray needs packages that are not installed: pip install -r requirements-ray.txt"
        )


class ClusterLostError(ClusterError):
    """Machines died, or none of them gets anything done."""

    def __init__(self, reason: str, done: int, files: int) -> None:
        super().__init__(
            f"the cluster stopped working ({reason.rstrip('.')}), with {done} of {files} files "
            "done. What is done is kept: see that the cluster runs (ray status), then give the "
            "same command again and it goes on"
        )
