// What stands between the examples and the gateway: a line that can be cut, and a clerk who keeps letters back, loses
// answers, or says that there is too much to do.

import { createServer, request as ask } from "node:http";
import { connect } from "node:net";

export class Gate {
  // What the clerk does with the next commands: "pass"; "keep" them; "lose" their answers; "hold" their answers.
  commands = "pass";
  // How many requests of which name are answered by 503 from now on, and after how many seconds it tells them to come back.
  name = "nothing";
  busy = 0;
  seconds = 1;
  // The commands that came, as they were sent.
  came = [];
  // When each of them came since then.
  asked = [];
  #sockets = new Set();
  #whole = true;

  static async to(port) {
    const gate = new Gate();
    gate.port = port;
    const door = createServer((request, answer) => gate.#passes(request, answer));
    door.on("upgrade", (request, near, first) => gate.#carries(request, near, first));
    door.on("connection", (socket) => {
      socket.on("error", () => {});
      socket.on("close", () => gate.#sockets.delete(socket));
      if (!gate.#whole) return socket.destroy();
      gate.#sockets.add(socket);
    });
    await new Promise((open) => door.listen(0, "127.0.0.1", open));
    door.unref();
    gate.address = `http://127.0.0.1:${door.address().port}`;
    return gate;
  }

  // The line breaks, as lines do: no farewell, and nobody answers until it is mended.
  cut() {
    this.#whole = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#whole = true;
  }

  // Answers requests of this name with status 503, so many times from now on.
  isBusy(name, times, seconds) {
    Object.assign(this, { name, busy: times, seconds, asked: [] });
  }

  // Whether each of these requests came no sooner after the one before than the clerk had said.
  get obeyed() {
    return this.asked.length > 1 && this.asked.slice(1).every((at, nth) => at - this.asked[nth] >= this.seconds * 1_000);
  }

  async #passes(request, answer) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const named = body.includes(this.name);
    if (named) this.asked.push(Date.now());
    if (named && this.busy > 0) {
      this.busy -= 1;
      answer.writeHead(503, { "content-type": "application/json", "retry-after": String(this.seconds) });
      return answer.end(JSON.stringify({ errors: [{ message: "too much to do", extensions: { code: "OVERLOADED" } }] }));
    }
    const command = /"query": ?"(\\n| )*mutation /.test(body.toString());
    const how = command ? this.commands : "pass";
    if (command) this.came.push(body.toString());
    if (how === "keep") return;
    const { method, url, headers } = request;
    const onward = ask({ host: "127.0.0.1", port: this.port, method, path: url, headers }, (said) => {
      if (how === "pass") {
        answer.writeHead(said.statusCode, said.headers);
        return said.pipe(answer);
      }
      // It is done, and whoever asked is not told.
      said.resume().on("end", () => {
        this.done = (this.done ?? 0) + 1;
        if (how === "lose") {
          this.commands = "pass";
          request.socket.destroy();
        }
      });
    });
    onward.on("error", () => request.socket.destroy());
    onward.end(body);
  }

  #carries(request, near, first) {
    const far = connect(this.port, "127.0.0.1", () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let nth = 0; nth < request.rawHeaders.length; nth += 2) lines.push(`${request.rawHeaders[nth]}: ${request.rawHeaders[nth + 1]}`);
      far.write(`${lines.join("\r\n")}\r\n\r\n`);
      far.write(first);
      far.pipe(near).pipe(far);
    });
    this.#sockets.add(far);
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on("error", () => {});
      one.on("close", () => (this.#sockets.delete(one), other.destroy()));
    }
  }
}
