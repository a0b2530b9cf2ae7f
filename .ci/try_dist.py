"""Installs wheel and sdist into empty environments and opens a page: `try_dist.py FOLDER`.

No Node is on PATH while installing. The app runs with every connection refused but those to this
machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

APP = """
import json, re, socket, urllib.request

connect = socket.socket.connect
def only_here(self, address):
    host = address[0] if isinstance(address, tuple) else "localhost"
    assert str(host).startswith("127.") or host in {"localhost", "::1"}, f"connects to {address!r}"
    return connect(self, address)
socket.socket.connect = only_here

import limelight as gr
from pathlib import Path

demo = gr.Interface(lambda name: f"Hello {name}", "textbox", "textbox")
demo.launch(prevent_thread_lock=True, quiet=True)
try:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    page = opener.open(demo.local_url).read().decode()
    script = re.search(r'<script[^>]+src="([^"]+[.]js)"', page)
    assert script, "the page has no script"
    code = opener.open(urllib.request.urljoin(demo.local_url, script.group(1)))
    assert len(code.read()) > 5_000, "the script is too short to be the shell"
finally:
    demo.close()
files = [f for f in Path(gr.__file__).parent.rglob("*") if f.is_file()]
assert not [f for f in files if f.suffix in {".svelte", ".ts"}], "front-end sources in the wheel"
size = sum(f.stat().st_size for f in files if f.suffix != ".pyc")
print("  page", len(page), "bytes; package", size // 1024, "KiB")
"""


def path_without_node() -> str:
    """PATH as a folder of links to the few tools that an install needs; `npm` is not among them."""
    folder = Path(tempfile.mkdtemp())
    for tool in ("sh", "env", "uname", "ldconfig", "gcc", "cc", "ld"):
        found = shutil.which(tool)
        if found:
            (folder / tool).symlink_to(found)
    return str(folder)


def try_dist(dist: Path) -> None:
    """Installs `dist` into an empty environment and runs `APP` there."""
    print(f"limelight: trying {dist.name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        environment = {**os.environ, "PATH": path_without_node()}
        install = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*install, str(dist.resolve())], check=True, cwd=folder, env=environment)
        subprocess.run([python, "-c", APP], check=True, cwd=folder, env=environment, timeout=60)


def main(folder: str) -> None:
    """Tries every distribution in `folder`."""
    dists = sorted([*Path(folder).glob("*.whl"), *Path(folder).glob("*.tar.gz")])
    if len(dists) < len(("wheel", "sdist")):
        sys.exit(f"{folder} holds {[dist.name for dist in dists]}; expected a wheel and an sdist.")
    for dist in dists:
        try_dist(dist)


if __name__ == "__main__":
    main(*sys.argv[1:])
