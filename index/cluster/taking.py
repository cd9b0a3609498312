"""Takes finished shards into a build, each file when all of it is there, and only once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from index.cluster.errors import ClusterError
from index.cluster.shards import Manifest, find_shard, read_shard
from index.readers import Read, ReadyDocument
from ingest.documents import Document
from ingest.files import SourceFile, path_exists
from ingest.reading_order import Passed, ReadingOrder


@dataclass
class Taking:
    """What has been taken, and what is waited for: `waiting` are files by path.

    `orders` say by path how files are read. `names` are the shards that have come in this build;
    those of a stopped one are not among them.
    """

    folder: Path
    waiting: dict[str, SourceFile]
    orders: Mapping[str, ReadingOrder]
    names: set[str] = field(default_factory=set)
    _parts: dict[str, Manifest] = field(default_factory=dict)

    def take_done(
        self, manifests: Sequence[Manifest], settings: Mapping[str, str]
    ) -> Iterator[Read]:
        """What shards of a stopped build hold of files that they hold whole.

        `settings` name by path what the pieces of a file would be read and made as today. A file of
        which something was skipped is read again, so that it is reported again.
        """
        by_name = {one.name: one for one in manifests}
        found = {file.file_hash: path for path, file in self.waiting.items()}
        for manifest in manifests:
            paths: dict[str, str] = {}
            chain = _chain(manifest, by_name)
            for number, file in enumerate(manifest.files if chain else ()):
                path = found.get(file.file_hash, "")
                whole = all(one.files[min(number, len(one.files) - 1)].whole for one in chain)
                if whole and path in self.waiting and manifest.settings == settings[path]:
                    paths[file.source] = path
            yield from self._give(chain, paths)

    def take(self, name: str) -> Iterator[Read]:
        """What has come with a shard: files that it holds whole, or the file that it ends.

        One that is damaged or came before gives nothing. Raises `ClusterError` where its machine
        did not find files that are here.
        """
        manifest = find_shard(self.folder, name)
        if name in self.names or manifest is None:
            return
        self.names.add(name)
        _refuse_unseen(manifest)
        if manifest.part is None:
            sources = {file.source for file in manifest.files} & self.waiting.keys()
            yield from self._give([manifest], {source: source for source in sources})
            return
        self._parts[name] = manifest
        for last in [one for one in self._parts.values() if one.last]:
            chain, source = _chain(last, self._parts), last.files[0].source
            if chain and source in self.waiting:
                yield from self._give(chain, {source: source})
                for one in chain:
                    del self._parts[one.name]

    def _give(self, chain: Sequence[Manifest], paths: Mapping[str, str]) -> Iterator[Read]:
        """All that shards hold of files: by the path of each as it was read, where it is now."""
        told = (read for one in chain for read in read_shard(self.folder, one, paths.keys()))
        for source, of_file in groupby(told, _source):
            yield from _unknown(of_file, source, self.orders[paths[source]])
        for path in paths.values():
            del self.waiting[path]


def _source(read: Read) -> str:
    return (read.document if isinstance(read, ReadyDocument) else read).source


def _unknown(told: Iterable[Read], source: str, order: ReadingOrder) -> Iterator[Read]:
    """What is told of a file but for documents that the catalog has had before, and reported."""
    known = 0
    for read in told:
        document = read.document if isinstance(read, ReadyDocument) else read
        if (
            isinstance(document, Document)
            and document.file_hash == order.file_hash
            and document.part in order.known_parts
        ):
            known += 1
        else:
            yield read
    if known:
        yield Passed(source, order.file_hash, known=known)


def _chain(last: Manifest, parts: dict[str, Manifest]) -> list[Manifest]:
    """A shard with all that stand before it in its file, first part first; [] if one is missing."""
    if not last.last:
        return []
    chain = [last]
    while chain[0].after:
        before = parts.get(chain[0].after)
        if before is None:
            return []
        chain.insert(0, before)
    return chain


def _refuse_unseen(manifest: Manifest) -> None:
    """Let no file pass for unreadable that only its machine does not see."""
    for source in manifest.unseen:
        if path_exists(Path(source)):
            raise ClusterError(
                f"{manifest.machine} does not see {source}: documents must lie in a folder that "
                "all machines of the cluster share, under the same path"
            )
