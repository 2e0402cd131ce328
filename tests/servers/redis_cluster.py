"""A Redis Cluster of the tests' own: three primaries that share the slots."""

import atexit
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Final

from tests.servers.redis_server import RedisServer, free_port

CLUSTER_OF_PARENT: Final = "TESTS_REDIS_CLUSTER_URL"
_SLOTS: Final = 16_384
_NODES: Final = 3
_BUS: Final = 10_000  # a node also listens on its port plus this


def cluster_url() -> str:
    """The tests' cluster; a child process of a test is told its parent's."""
    return os.environ.get(CLUSTER_OF_PARENT, "") or shared_cluster()


@cache
def shared_cluster() -> str:
    """The address of one node of the cluster of this process's tests."""
    folder = Path(tempfile.mkdtemp(prefix="redis-cluster-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    nodes = [_start(folder / str(number)) for number in range(_NODES)]
    for number, node in enumerate(nodes):
        first, last = number * _SLOTS // _NODES, (number + 1) * _SLOTS // _NODES - 1
        node.command("CLUSTER", "ADDSLOTSRANGE", str(first), str(last))
        node.command("CLUSTER", "SET-CONFIG-EPOCH", str(number + 1))
        for other in nodes[:number]:
            node.command("CLUSTER", "MEET", "127.0.0.1", str(other.port))
    for _ in range(500):
        if all(b"cluster_state:ok" in node.command("CLUSTER", "INFO") for node in nodes):
            return nodes[0].url
        time.sleep(0.02)
    raise TimeoutError("the nodes do not find each other")


def _start(folder: Path) -> RedisServer:
    folder.mkdir()
    port = free_port()
    while port + _BUS > 65_535:
        port = free_port()
    node = RedisServer(folder=folder, port=port, options=("--cluster-enabled", "yes"))
    node.start()
    atexit.register(node.kill)
    return node
