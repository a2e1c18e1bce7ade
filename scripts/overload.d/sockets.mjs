// Attacks on WebSockets: each ends with the close code of the catalogue, or with an error of its operation.

import { DOUBLING } from "./documents.mjs";
import { LARGE, Socket, later } from "./siege.mjs";
import { frame } from "./wire.mjs";

const INBOX = "subscription { notices(afterSequence: 1000000) { sequence } }";
const many = (text, count) => text.repeat(count);
const closed = (name, expects, does, more) => ({ name, transport: "WS", expects, run: (siege) => siege.sockets(does, more) });
const wrote = (bytes) => (socket) => socket.line.write(bytes());

export const attacks = [
  closed("no connection_init", ["4408 Connection initialisation timeout"], () => {}, { admitted: false, flight: 40 }),
  closed("connection_init twice", ["4429 Too many initialisation requests"], (socket, siege) => socket.init(siege.token)),
  closed("an operation before connection_init", ["4401 Unauthorized"], (socket) => socket.subscribe("1", INBOX), { admitted: false }),
  closed("a forged token", ["1013 Too many refusals", "4401 Unauthorized"], (socket) => socket.init("e30.e30.e30"), { admitted: false }),
  closed("the same id twice", ["4409 Subscriber already exists"], (socket) => {
    socket.subscribe("1", INBOX);
    socket.subscribe("1", INBOX);
  }),
  closed("messages that are none", ["4400 Invalid message"], (socket) => socket.say('{"type":"')),
  closed("a type that there is not", ["4400 Invalid message"], (socket) => socket.say({ type: "connection_terminate" })),
  closed("binary frames", ["4400 Invalid message"], wrote(() => frame(2, many("\0", 1_000)))),
  closed("a message of 100 KB", ["1009 Message too big"], (socket) => socket.say(many(" ", 100_000))),
  closed("a frame of 4 EiB, announced", ["1009 Message too big"], wrote(() => frame(1, "", { length: 2 ** 62 }))),
  closed("1 MiB in fragments", ["cut", "1009 Message too big"], async (socket) => {
    for (let nth = 0; nth < 256 && !socket.line.ended; nth += 1) socket.line.write(frame(nth ? 0 : 1, many(" ", 4_096), { first: nth ? 0 : 1 }));
  }),
  closed("frames without a mask", ["1002 Protocol error"], wrote(() => frame(1, "{}", { masked: false }))),
  closed("reserved bits", ["1002 Protocol error"], wrote(() => frame(1, "{}", { first: 0xf1 }))),
  closed("text that is no UTF-8", ["1007 Not UTF-8"], wrote(() => frame(1, Buffer.from([0xff, 0xfe])))),
  {
    name: "other subprotocols", transport: "WS", expects: ["400 BAD_REQUEST"],
    run: async (siege) => {
      while (siege.goes) {
        const socket = new Socket(siege.address, { protocol: "graphql-ws" });
        siege.requests += 1;
        siege.told(await socket.ends());
        await later(50);
      }
    },
  },
  closed("fragments that double, 24 levels", ["error LIMIT_EXCEEDED"], async (socket) => {
    socket.asked = Array.from({ length: 20 }, (_, nth) => `${nth}`);
    for (const id of socket.asked) socket.subscribe(id, DOUBLING);
    await socket.until(() => socket.messages.length > 20);
  }, { rate: 4 }),
  closed("two streams in one subscription", ["error GRAPHQL_VALIDATION_FAILED"], async (socket) => {
    socket.asked = ["1"];
    socket.subscribe("1", "subscription { a: notices { sequence } b: departures { sequence } }");
    await socket.until(() => socket.messages.length > 1);
  }),
  closed("1,000 operations at once", ["error LIMIT_EXCEEDED", "silence"], async (socket) => {
    socket.asked = Array.from({ length: 1_000 }, (_, nth) => `${nth}`);
    for (const id of socket.asked) socket.subscribe(id, INBOX);
    await socket.until(() => socket.messages.filter(({ type }) => type === "error").length >= 968);
    // The first 32 are open, and silent.
    if (socket.asked.filter((id) => socket.toldOf(id) === "silence").length !== 32) socket.asked.push("not 32 of them are open");
  }, { rate: 2, flight: 2 }),
  closed("subscribed and completed, 500 times", ["open"], async (socket, siege) => {
    for (let nth = 0; nth < 500 && siege.goes; nth += 1) {
      socket.subscribe(`${nth}`, INBOX);
      socket.say({ type: "complete", id: `${nth}` });
      if (nth % 20 === 0) await later(20);
    }
    siege.requests += 500;
    // Whoever does that is still answered.
    socket.subscribe("last", "{ __typename }");
    if (!(await socket.until(() => socket.messages.some(({ id }) => id === "last")))) siege.told("not answered any more");
    if (socket.messages.some(({ id, type }) => id !== "last" && type !== "connection_ack" && id)) siege.told("told of what it completed");
  }, { rate: 1, flight: 1, patience: 100 }),
  closed("10,000 pings, unread", ["open", "1013 Too slow", "cut"], async (socket, siege) => {
    socket.line.socket.pause();
    const ping = Buffer.concat(Array.from({ length: 1_000 }, () => frame(1, `{"type":"ping","payload":{"a":"${many("x", 200)}"}}`)));
    for (let nth = 0; nth < 10; nth += 1) {
      socket.line.write(ping);
      siege.requests += 1_000;
      await later(50);
    }
    await later(1_500);
    socket.line.socket.resume();
  }, { rate: 1, flight: 1, patience: 1_500 }),
  {
    // A few of these are more than any buffer on the way holds.
    ...closed("answers that nobody reads", ["1013 Too slow", "cut"], async (socket) => {
      socket.line.socket.pause();
      // One after the other: what it costs to make them is not what this is about.
      for (let nth = 0; nth < 30; nth += 1) {
        socket.subscribe(`${nth}`, LARGE);
        await later(150);
      }
      await later(5_000);
      socket.line.socket.resume();
    }, { rate: 0.5, flight: 2, patience: 5_000 }),
    lasts: 14_000,
  },
  closed("dear pages until the points are used up", ["error RATE_LIMITED", "next data"], async (socket, siege) => {
    socket.asked = Array.from({ length: 30 }, (_, nth) => `${nth}`);
    const page = "{ nodes { id persons { id } itineraries { id } } }";
    for (const id of socket.asked) socket.subscribe(id, `{ ${Array.from({ length: 10 }, (_, nth) => `a${nth}: cases(first: 100) ${page}`).join(" ")} }`);
    await socket.until(() => socket.asked.every((id) => socket.toldOf(id) !== "silence"));
    siege.requests += 29;
  }, { rate: 2, flight: 1 }),
  {
    name: "300 sockets at once", transport: "WS", expects: ["open"], lasts: 4_000,
    run: async (siege) => {
      const sockets = Array.from({ length: 300 }, () => new Socket(siege.address));
      await Promise.all(sockets.map(async (socket) => {
        siege.requests += 1;
        await socket.until(() => socket.handshake !== null);
        if (await socket.init(siege.token)) socket.subscribe("1", INBOX);
      }));
      await later(2_000);
      for (const socket of sockets) {
        siege.told(socket.farewell ?? "open");
        socket.hangUp();
      }
    },
  },
];
