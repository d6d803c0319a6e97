"""A mail relay with STARTTLS and AUTH: python relay.py DIR PORT. Mails land in DIR as NNN.eml, the CA as ca.pem.

Recipients that begin with `gone` are refused for good, with `later` for now, with `slow` only after a while; with `full` the
mail is refused when it was sent.
"""

import asyncio
import pathlib
import ssl
import sys
import threading

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

place, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])
ca = trustme.CA()
ca.cert_pem.write_to_path(place / "ca.pem")
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
ca.issue_cert("localhost", "127.0.0.1").configure_cert(context)


class Keep:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later"):
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):
        assert session.ssl is not None and session.authenticated
        if envelope.rcpt_tos[0].startswith("slow"):
            await asyncio.sleep(8)
        if envelope.rcpt_tos[0].startswith("full"):
            return "552 5.2.2 mailbox full"
        Keep.count += 1
        (place / "mail.tmp").write_bytes(envelope.original_content)
        (place / "mail.tmp").rename(place / f"{Keep.count:03}.eml")
        return "250 2.0.0 kept"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"gate", b"relay-password")
    return AuthResult(success=right, handled=right)


class Relay(Controller):
    def factory(self):
        return SMTP(
            self.handler, tls_context=context, require_starttls=True, authenticator=authenticate,
            auth_required=True, auth_require_tls=True, hostname="relay.example.com",
        )


Relay(Keep(), hostname="127.0.0.1", port=port).start()
print("ready", flush=True)
threading.Event().wait()
