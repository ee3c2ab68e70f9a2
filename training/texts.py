"""Marks as they are issued, with the groups they are printed in. All of them are made up."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GB = LETTERS.replace("I", "").replace("Q", "")


def _some(rng, alphabet, count):
    return "".join(rng.choice(alphabet) for _ in range(count))


def _digits(rng, count):
    return _some(rng, "0123456789", count)


def _number(rng, most):
    """A number without leading zero, of one to `most` digits."""
    return rng.choice("123456789") + _digits(rng, rng.randrange(most))


def current(rng):
    # Real marks run from 02 to 26 and from 51 to 76; both are commoner, none is impossible.
    age = rng.choice(
        ["%02d" % rng.randrange(2, 27), "%02d" % rng.randrange(51, 77), _digits(rng, 2)]
    )
    return [_some(rng, _GB, 2) + age, _some(rng, _GB, 3)]


def prefix(rng):
    return [rng.choice(_GB) + _number(rng, 3), _some(rng, _GB, 3)]


def suffix(rng):
    return [_some(rng, _GB, 3), _number(rng, 3) + rng.choice(_GB)]


def dateless(rng):
    groups = [_some(rng, _GB, rng.randrange(1, 4)), _number(rng, 4)]
    rng.shuffle(groups)
    return groups


def northern_ireland(rng):
    letters = rng.choice(
        [
            rng.choice(_GB) + "I" + rng.choice(_GB),
            rng.choice(_GB) + rng.choice(_GB) + "Z",
            rng.choice(_GB) + "IZ",
        ]
    )
    groups = [letters[:3], _number(rng, 4)]
    if rng.random() < 0.2:
        groups.reverse()
    return groups


def unknown_age(rng):
    return ["Q" + _number(rng, 3), _some(rng, _GB, 3)]


def british(rng):
    kind = rng.random()
    for share, make in (
        (0.62, current),
        (0.16, prefix),
        (0.08, suffix),
        (0.07, dateless),
        (0.05, northern_ireland),
        (0.02, unknown_age),
    ):
        if kind < share:
            break
        kind -= share
    groups = make(rng)
    if rng.random() < 0.05:  # owners space their marks as they please
        mark = "".join(groups)
        if len(mark) > 2:
            cut = rng.randrange(1, len(mark))
            groups = [mark[:cut], mark[cut:]]
    elif rng.random() < 0.06:
        groups = ["".join(groups)]
    return groups


_FOREIGN = (
    # A letter, 9 digit, 1 leading digit, x either; a space parts groups, "?" drops what follows
    # half of the time. In the order of how many there are on the roads of Britain and Europe.
    "AA 999 AA",
    "AA 999 AA",
    "9999 AA 99",
    "999 AAA 99",  # France, new and old
    "A AA 9999",
    "AA AA 999",
    "AAA A 999",
    "AA A 99",
    "A AA 99",
    "AA 9999",
    "AAA AA 99",  # Germany
    "AA 99 99",
    "99 AA AA",
    "99 AAA 9",
    "9 AAA 99",
    "AA 999 A",  # Netherlands
    "AA 99999",
    "AAA 99AA",
    "AAA 9A99",
    "AA 9999A",  # Poland
    "A 99 AAA",
    "AA 99 AAA",
    "A 999 AAA",  # Romania
    "9999 AAA",
    "A 9999 AA",  # Spain
    "99 A 9999",
    "99 A 99999",
    "999 A 999",
    "99 AA 9999",  # Ireland
    "9A9 9999",
    "9A9 9999",
    "AAA 99 99",  # Czechia
    "AA 999AA",
    "AA 999AA",  # Slovakia, Italy
    "9 AAA 999",
    "AAA 999",
    "AAA 99A",
    "99 AA 99",
    "AA 99999",
    "AAA 999",
    "AA 9999",
    "A 9999 AA",
    "AA 9999 AA",
    "AA 999 AA",
    "AA 999999",
    "99999 AA",
    "A 99999",
    "9999",
)


def foreign(rng):
    letters = LETTERS if rng.random() < 0.6 else "ABCDEFGHJKLMNPRSTVWXYZ"
    out = ""
    for sign in rng.choice(_FOREIGN):
        out += {"A": rng.choice(letters), "9": rng.choice("0123456789")}.get(sign, sign)
    return out.split()


def anything(rng):
    """No layout at all, so that the reader reads what it sees."""
    length = rng.choice((4, 5, 6, 6, 7, 7, 7, 8, 8, 9))
    text = _some(rng, "0123456789" + LETTERS, length)
    groups, at = [], 0
    while at < length:
        step = rng.randrange(1, 6)
        groups.append(text[at : at + step])
        at += step
    return groups
