# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape that a vendor's samples have in common, and what of a reply does not fit it."""


def kind(value):
    """The JSON type of a value; whole and broken numbers are one."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {str: "string", list: "array", dict: "object"}[type(value)]


class Shape:
    """What was seen at one place: types, and below it members or elements."""

    def __init__(self):
        self.kinds = set()
        self.objects = 0
        self.seen = {}
        self.members = {}
        self.elements = None

    def learn(self, value):
        """Takes one more sample in."""
        self.kinds.add(kind(value))
        if isinstance(value, dict):
            self.objects += 1
            for name, member in value.items():
                self.seen[name] = self.seen.get(name, 0) + 1
                self.members.setdefault(name, Shape()).learn(member)
        elif isinstance(value, list):
            for element in value:
                if self.elements is None:
                    self.elements = Shape()
                self.elements.learn(element)
        return self

    def needs(self):
        """The members that every sample has."""
        return {name for name, times in self.seen.items() if times == self.objects}

    def faults(self, value, place="$", free=(), demand=True):
        """What does not fit. Members whose name is in `free` may hold anything; with demand, those all samples have must be there."""
        found = []
        if kind(value) not in self.kinds:
            return [f"{place}: {kind(value)}, the samples have {'/'.join(sorted(self.kinds))}"]
        if isinstance(value, dict):
            if demand:
                found += [f"{place}.{name}: missing" for name in sorted(self.needs() - set(value))]
            for name, member in value.items():
                if name in free:
                    continue
                if name in self.members:
                    found += self.members[name].faults(member, f"{place}.{name}", free, demand)
                elif self.members:
                    found.append(f"{place}.{name}: no sample has it")
        elif isinstance(value, list) and self.elements is not None:
            for number, element in enumerate(value):
                found += self.elements.faults(element, f"{place}[{number}]", free, demand)
        return found


def words(value, names, into):
    """Collects the strings that members called one of `names` have, anywhere below."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name in names and isinstance(member, str):
                into.setdefault(name, set()).add(member)
            words(member, names, into)
    elif isinstance(value, list):
        for element in value:
            words(element, names, into)
    return into
