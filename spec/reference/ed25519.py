"""Ed25519 in the strict profile of spec/signatures.md, section 2, on Python's integers."""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)  # extended coordinates: X, Y, Z and T = XY/Z


def add(p, q):
    x1, y1, z1, t1 = p
    x2, y2, z2, t2 = q
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * D * t1 % P * t2 % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(p):
    x, y, z, _ = p
    a, b = x * x % P, y * y % P
    h = a + b
    e = h - (x + y) * (x + y) % P
    g = a - b
    f = 2 * z * z % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(k, p):
    """[k]p, four bits of k at a time."""
    multiples = [IDENTITY, p]
    for _ in range(14):
        multiples.append(add(multiples[-1], p))
    r = IDENTITY
    for shift in range((k.bit_length() + 3) // 4 * 4 - 4, -1, -4):
        r = double(double(double(double(r))))
        r = add(r, multiples[k >> shift & 15])
    return r


def encode(p):
    x, y, z, _ = p
    inverse = pow(z, P - 2, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def decode(data):
    """The point of a canonical encoding, or None."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if len(data) != 32 or y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def is_identity(p):
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


def is_of_small_order(p):
    return is_identity(double(double(double(p))))


BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
TABLE = []  # TABLE[i][j] = [j · 256^i]B


def multiply_base(k):
    if not TABLE:
        p = BASE
        for _ in range(32):
            row = [IDENTITY]
            for _ in range(256):
                row.append(add(row[-1], p))
            p = row.pop()
            TABLE.append(row)
    r = IDENTITY
    for row, digit in zip(TABLE, k.to_bytes(32, "little")):
        r = add(r, row[digit])
    return r


DECODED = {}  # points of keys: a log has few keys and many signatures


def verifies(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    if key not in DECODED:
        point = decode(key)
        DECODED[key] = None if point is None or is_of_small_order(point) else point
    a, r, s = DECODED[key], decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or is_of_small_order(r) or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    k = int.from_bytes(digest, "little") % L
    x, y, z, t = multiply(k, a)
    return encode(add(multiply_base(s), (-x % P, y, z, -t % P))) == signature[:32]


def may_be_enrolled(key):
    """A canonical key of prime order."""
    point = decode(key)
    return point is not None and not is_identity(point) and is_identity(multiply(L, point))


def secret(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:], encode(multiply_base(scalar))


def sign(seed, message):
    scalar, prefix, key = secret(seed)
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    r = encode(multiply_base(nonce))
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    return r + ((nonce + k * scalar) % L).to_bytes(32, "little")


def pae(kind, body):
    """The pre-authentication encoding of DSSE v1.0.2."""
    kind = kind.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)
