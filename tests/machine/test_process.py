"""What a command may leave behind."""

import subprocess
import sys
from pathlib import Path

import pytest

SEEN = """
import os, resource
from journal.machine.process import keep_private
keep_private()
open("made", "w").close()
status = open("/proc/self/status").read() if os.path.exists("/proc/self/status") else ""
print(oct(os.stat("made").st_mode & 0o777), resource.getrlimit(resource.RLIMIT_CORE))
import ctypes
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_files_are_the_owners_alone_and_memory_is_in_no_core_dump(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SEEN], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["0o600 (0, 0)", "0"]
