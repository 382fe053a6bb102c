"""Ed25519 in the strict profile of spec/signatures.md, section 2, on Python's integers."""

import functools
import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
IDENTITY = (0, 1, 1, 0)  # extended coordinates: X, Y, Z and T = XY/Z


def add(p, q):
    x1, y1, z1, t1 = p
    x2, y2, z2, t2 = q
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * D * t1 % P * t2 % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(k, p, s=0, q=IDENTITY):
    """[k]p + [s]q, bit by bit from the highest."""
    r, sums = IDENTITY, {(0, 1): q, (1, 0): p, (1, 1): add(p, q)}
    for bit in range(max(k, s).bit_length() - 1, -1, -1):
        r = add(r, r)
        digits = k >> bit & 1, s >> bit & 1
        r = add(r, sums[digits]) if digits in sums else r
    return r


def encode(p):
    x, y, z, _ = p
    inverse = pow(z, P - 2, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


@functools.lru_cache(4096)
def decode(data):
    """The point of a canonical encoding, or None."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or v * x * x % P != u or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_identity(p):
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


def is_good_point(p):
    """On the curve, and not of small order."""
    return p is not None and not is_identity(multiply(8, p))


def verifies(key, message, signature):
    a, r, s = decode(key), decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L or not is_good_point(a) or not is_good_point(r):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, t = a
    return encode(multiply(k, (-x % P, y, z, -t % P), s, BASE)) == signature[:32]


@functools.lru_cache(4096)
def may_be_enrolled(key):
    """A canonical key of prime order."""
    point = decode(key)
    return point is not None and not is_identity(point) and is_identity(multiply(L, point))


def secret(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:], encode(multiply(scalar, BASE))


def sign(seed, message):
    scalar, prefix, key = secret(seed)
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    r = encode(multiply(nonce, BASE))
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    return r + ((nonce + k * scalar) % L).to_bytes(32, "little")


def pae(kind, body):
    """The pre-authentication encoding of DSSE v1.0.2."""
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(body), body)
