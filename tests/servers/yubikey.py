"""A YubiKey in software: each call prints the next password. usage: yubikey.py STATE [PUBLIC_ID UID_HEX KEY_HEX]

A password is the public id and, in modhex, AES-128 of: uid[6] use counter[2] 8 Hz clock[3] session counter[1] random[2] crc[2].
"""
import json, os, struct, sys, time
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def modhex(data):
    return data.hex().translate(str.maketrans("0123456789abcdef", "cbdefghijklnrtuv"))


def crc16(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0x8408 if crc & 1 else crc >> 1
    return crc


path = sys.argv[1]
if len(sys.argv) > 2:
    state = {"public": sys.argv[2], "uid": sys.argv[3], "key": sys.argv[4], "use": 1, "session": 0, "clock": 0}
else:
    state = json.load(open(path))
state["session"] += 1
if state["session"] > 255:
    state["use"], state["session"] = state["use"] + 1, 0
# A real key's clock always moves between two presses.
state["clock"] = max(int(time.time() * 8), state["clock"] + 8)
body = bytes.fromhex(state["uid"]) + struct.pack("<H", state["use"]) + struct.pack("<I", state["clock"] & 0xFFFFFF)[:3]
body += bytes([state["session"]]) + os.urandom(2)
cipher = Cipher(algorithms.AES(bytes.fromhex(state["key"])), modes.ECB()).encryptor()
json.dump(state, open(path, "w"))
print(state["public"] + modhex(cipher.update(body + struct.pack("<H", crc16(body) ^ 0xFFFF)) + cipher.finalize()))
