"""A WebSocket server (aiohttp's) that sends back what it gets; `/login` lets anybody in. Arguments: its port, and the session cookie that it sets."""

import sys

from aiohttp import WSMsgType, web


async def echo(request):
    socket = web.WebSocketResponse(max_msg_size=0)
    await socket.prepare(request)
    async for message in socket:
        if message.type == WSMsgType.TEXT:
            await socket.send_str(message.data)
        elif message.type == WSMsgType.BINARY:
            await socket.send_bytes(message.data)
    return socket


async def login(_request):
    return web.Response(status=302, headers={"Location": "/", "Set-Cookie": f"sid={sys.argv[2]}; Path=/"})


app = web.Application()
app.add_routes([web.get("/ws", echo), web.post("/login", login)])
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
