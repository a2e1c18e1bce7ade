"""Python's gql on websockets, asked by gql.mjs: what to do is in the arguments, a line of JSON is an answer."""

import asyncio
import json
import sys

from gql import Client, gql
from gql.transport.exceptions import TransportConnectionFailed, TransportQueryError
from gql.transport.websockets import WebsocketsTransport

AGAIN = 0.1


def say(**words):
    print(json.dumps(words), flush=True)


def opens(url, token):
    transport = WebsocketsTransport(
        url=url,
        init_payload={"Authorization": f"Bearer {token}"},
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
    )
    return Client(transport=transport)


def request(query, variables):
    made = gql(query)
    made.variable_values = variables
    return made


async def follows(url, token, query, last):
    """Comes back for as long as the line breaks, after the last notice."""
    while True:
        try:
            async with opens(url, token) as session:
                async for data in session.subscribe(request(query, {"after": last})):
                    last = data["notices"]["sequence"]
                    say(data=data)
                return say(complete=True)
        except TransportConnectionFailed:
            await asyncio.sleep(AGAIN)
        except TransportQueryError as refused:
            return say(errors=refused.errors)


async def asks(url, token, query, variables):
    try:
        async with opens(url, token) as session:
            say(data=await session.execute(request(query, variables)))
    except TransportConnectionFailed as refused:
        # The library hides the close frame behind an exception of its own.
        closed = getattr(refused.__cause__, "rcvd", None)
        say(closed=closed.code if closed else repr(refused.__cause__))


async def main():
    action, url, query, variables = sys.argv[1:]
    # Of what a process is told, its arguments can be seen by others.
    token = sys.stdin.readline().strip()
    variables = json.loads(variables)
    if action == "follow":
        await follows(url, token, query, variables["after"])
    else:
        await asks(url, token, query, variables)


asyncio.run(main())
