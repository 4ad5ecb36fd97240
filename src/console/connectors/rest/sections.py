"""A section of a manifest, taken apart name by name; whatever is wrong or left over becomes a problem with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from console.connectors.rest.lines import Problems, Said, nearest

_SECONDS_BY_UNIT = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class Section:
    """Names and parts. Take what may stand there, then call ``done``: what nobody took is unknown."""

    def __init__(self, said: Said, problems: Problems, what: str) -> None:
        self.line = said.line
        self.problems = problems
        self.what = what
        self._parts: dict[str, Said] = {}
        self._asked: list[str] = []
        if isinstance(said.content, Mapping):
            self._parts = dict(said.content)
        else:
            problems.add(said.line, f"{what} must hold names and values")

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def part(self, name: str, *, is_required: bool = False) -> Said | None:
        """The part called ``name``, as it stands."""
        self._asked.append(name)
        found = self._parts.get(name)
        if is_required and (found is None or found.content in (None, "")):
            self.problems.add(self.line, f"{self.what} lacks {name}")
        return found

    def text(self, name: str, default: str = "", *, is_required: bool = False) -> str:
        """A text; a number is taken as it is written."""
        found = self.part(name, is_required=is_required)
        if found is None or found.content is None:
            return default
        if isinstance(found.content, (Mapping, bool)) or not isinstance(found.content, (str, int, float)):
            self.problems.add(found.line, f"{name} must be a text")
            return default
        return str(found.content)

    def choice(self, name: str, choices: Sequence[str], default: str) -> str:
        found = self.text(name, default)
        if found not in choices:
            line = self._parts[name].line if name in self._parts else self.line
            self.problems.add(line, f"{name} is none of {', '.join(choices)}{nearest(found, choices)}")
            return default
        return found

    def flag(self, name: str, *, default: bool = False) -> bool:
        found = self.part(name)
        if found is None:
            return default
        if not isinstance(found.content, bool):
            self.problems.add(found.line, f"{name} must be true or false")
            return default
        return found.content

    def number(self, name: str, default: float = 0, *, least: float = 0, most: float = 1e9) -> float:
        found = self.part(name)
        if found is None:
            return default
        if isinstance(found.content, bool) or not isinstance(found.content, (int, float)):
            self.problems.add(found.line, f"{name} must be a number")
            return default
        if not least <= found.content <= most:
            self.problems.add(found.line, f"{name} must lie between {least:g} and {most:g}")
            return default
        return found.content

    def span(self, name: str) -> timedelta:
        """A time like 30s, 5m, 2h, 2d; none where it is absent."""
        written = self.text(name)
        if not written:
            return timedelta()
        unit = _SECONDS_BY_UNIT.get(written[-1])
        if unit is None or not written[:-1].isdigit() or len(written) > 9:
            self.problems.add(self._parts[name].line, f"{name} must be a time like 30s, 5m, 2h or 2d")
            return timedelta()
        return timedelta(seconds=int(written[:-1]) * unit)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        return tuple(str(one.content) for one in self.parts(name) if self._is_plain(one, name))

    def parts(self, name: str) -> Sequence[Said]:
        """A list of parts; one part alone is a list of one."""
        found = self.part(name)
        if found is None or found.content is None:
            return ()
        is_list = isinstance(found.content, Sequence) and not isinstance(found.content, str)
        return found.content if is_list else (found,)  # pyright: ignore[reportReturnType]  a list of parts, as just asked

    def section(self, name: str, what: str = "") -> Section | None:
        found = self.part(name)
        return Section(found, self.problems, what or name) if found is not None else None

    def plain_by_name(self, name: str) -> dict[str, object]:
        """Names to values of any form, without lines; empty where it is absent."""
        found = self.part(name)
        if found is None:
            return {}
        plain = found.plain
        if not isinstance(plain, dict):
            self.problems.add(found.line, f"{name} must hold names and values")
            return {}
        return plain

    def text_by_name(self, name: str) -> dict[str, str]:
        return {key: str(value) for key, value in self.plain_by_name(name).items()}

    def done(self) -> None:
        """Everything that nobody took is unknown."""
        for name, said in self._parts.items():
            if name not in self._asked:
                hint = nearest(name, self._asked)
                self.problems.add(said.line, f"{self.what} knows no {name or 'such name'}{hint}")

    def _is_plain(self, said: Said, name: str) -> bool:
        is_plain = isinstance(said.content, (str, int, float)) and not isinstance(said.content, bool)
        if not is_plain:
            self.problems.add(said.line, f"{name} must hold texts (write words like yes, no, on in quotation marks)")
        return is_plain
