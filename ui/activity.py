"""When each sign-in was last used, so that one that lies idle ends.

The cookie of a sign-in lives for 30 days (Streamlit 1.67) and would open the page in any tab until
then. What counts here is the server's own memory of when somebody last did something with it.
"""

from threading import Lock

SignIn = tuple[str, str, str]
"""One signing-in of one person: issuer, subject, time of issue. Each new one differs."""


class Activity:
    """Sign-ins in use. Times are seconds of one clock; may be shared between threads."""

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._last_used: dict[SignIn, float] = {}
        self._ended: dict[SignIn, float] = {}
        self._lock = Lock()

    def use(self, sign_in: SignIn, issued: float, now: float) -> bool:
        """Note that a sign-in is used; False, and nothing noted, where it has ended."""
        with self._lock:
            if not self._alive(sign_in, issued, now):
                return False
            self._last_used[sign_in] = now
            self._forget(now)
            return True

    def alive(self, sign_in: SignIn, issued: float, now: float) -> bool:
        """Whether it could still be used; looking is not using."""
        with self._lock:
            return self._alive(sign_in, issued, now)

    def end(self, sign_in: SignIn, now: float) -> None:
        """Sign out: also in other tabs, and for a copy of the cookie."""
        with self._lock:
            self._last_used.pop(sign_in, None)
            self._ended[sign_in] = now

    def _alive(self, sign_in: SignIn, issued: float, now: float) -> bool:
        """A new sign-in is as if used when it was issued."""
        if sign_in in self._ended:
            return False
        return now - self._last_used.get(sign_in, issued) <= self._idle_seconds

    def _forget(self, now: float) -> None:
        """Drop what is too old to count.

        An ended sign-in is idle by then and cannot come back; twice the time is for clocks that
        differ.
        """
        for times in (self._last_used, self._ended):
            for sign_in in [one for one, at in times.items() if now - at > 2 * self._idle_seconds]:
                del times[sign_in]
