// The end: 500 streams are open, half of them WebSockets, and the program is told to stop. Each has to be told.

import { Line, Socket, head, later } from "./siege.mjs";

const STREAMS = 500;
const INBOX = "subscription { notices(afterSequence: 1000000) { sequence } }";
// How long the program gives what is open.
const LONGEST = 10_000;

export async function stopUnderLoad(server, client) {
  const token = server.token(client);
  const sockets = [];
  const lines = [];
  const body = JSON.stringify({ query: INBOX });
  const asked = head("POST", "/graphql", {
    authorization: `Bearer ${token}`, "content-type": "application/json", accept: "text/event-stream", "content-length": body.length,
  }) + body;
  for (let nth = 0; nth < STREAMS / 2; nth += 1) {
    const socket = new Socket(server.address);
    await socket.until(() => socket.handshake !== null);
    await socket.init(token);
    socket.subscribe("1", INBOX);
    socket.subscribe("is it there", "{ __typename }");
    sockets.push(socket);
    const line = new Line(server.address);
    line.write(asked);
    lines.push(line);
  }
  const end = performance.now() + 20_000;
  const there = () => sockets.every((socket) => socket.messages.some(({ type }) => type === "complete")) && lines.every((line) => line.text.includes("\r\n\r\n"));
  while (!there() && performance.now() < end) await later(50);
  const begun = performance.now();
  const code = await server.stop();
  const took = performance.now() - begun;
  await later(200);
  const toldBySocket = sockets.filter(
    ({ messages, farewell }) => farewell === "1012 Service restart" && messages.at(-1)?.type === "complete" && messages.at(-1)?.id === "1",
  ).length;
  const toldByEvent = lines.filter((line) => line.ended && /event: complete\n/.test(line.text)).length;
  const faults = [];
  if (code !== 0) faults.push(`it ended with ${code}`);
  if (took > LONGEST) faults.push(`it took ${Math.round(took)} ms`);
  if (toldBySocket !== sockets.length) faults.push(`${sockets.length - toldBySocket} sockets were not told`);
  if (toldByEvent !== lines.length) faults.push(`${lines.length - toldByEvent} streams of events were not told`);
  return { took, told: toldBySocket + toldByEvent, faults };
}
