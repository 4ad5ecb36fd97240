"""What this process may use from now on: memory, processor time, files, rights. Each as far as the system can.

Windows enforces none of it here, macOS not the memory; the time without a page is the parent's to watch, everywhere.
"""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38

if sys.platform == "win32":

    def bound_this_process(*, memory_bytes: int, cpu_seconds: float, niceness: int) -> None:
        """Nothing to bound with."""
        del memory_bytes, cpu_seconds, niceness

    def renew_cpu_seconds(seconds: float) -> None:
        """Nothing to renew."""
        del seconds

else:
    import resource

    def bound_this_process(*, memory_bytes: int, cpu_seconds: float, niceness: int) -> None:
        """No more than ``memory_bytes`` of address space, no files written, no core dumps, no new rights, and polite."""
        os.nice(niceness)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        if sys.platform == "linux":
            _limit(resource.RLIMIT_AS, memory_bytes)
            _give_up_rights()
        renew_cpu_seconds(cpu_seconds)

    def renew_cpu_seconds(seconds: float) -> None:
        """This much processor time from now on; then the system ends the process."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        wanted = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))

    def _limit(kind: int, amount: int) -> None:
        hard = resource.getrlimit(kind)[1]
        lowest = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (lowest, lowest))

    def _give_up_rights() -> None:
        """No set-uid program can raise the rights again, and no other process of the person can look inside."""
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
