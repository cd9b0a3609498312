"""A real Milvus server, old but whole, started and killed in a network of its own.

    python -m tests.milvus_server       what `make test-milvus` runs: about five minutes

    namespace     a child process whose network ends at itself, and whose processes end with it
    process       the server's process: unpacked, started, killed, started again over its folder
    strangers     what else may answer at an address: a web server, one that hangs up, nobody

The server is the wheel `milvus` 2.3.5, the last that is a server in one binary: dense search only,
which is what a server that is too old for hybrid search must show. milvus-lite, which does hybrid
search, runs in the ordinary suite. In that suite the tests here are skipped, with the reason.
"""
