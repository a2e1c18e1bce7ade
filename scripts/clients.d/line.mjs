// A line to the server that can be cut, as lines are: no farewell, and nobody answers until it is mended. Each client has
// one of its own.

import { connect, createServer } from "node:net";

export class Line {
  ends = new Set();
  whole = true;

  static async to(server) {
    const line = new Line();
    const { hostname, port } = new URL(server);
    line.door = createServer((near) => line.carries(near, () => connect(Number(port), hostname)));
    await new Promise((open) => line.door.listen(0, "127.0.0.1", open));
    line.address = `http://127.0.0.1:${line.door.address().port}`;
    return line;
  }

  carries(near, reach) {
    // A client that is cut off may still be writing.
    near.on("error", () => {});
    if (!this.whole) return near.destroy();
    const far = reach();
    for (const [one, other] of [[near, far], [far, near]]) {
      one.setNoDelay();
      one.on("error", () => {});
      one.on("close", () => (this.ends.delete(one), other.destroy()));
      one.pipe(other);
      this.ends.add(one);
    }
  }

  // Answers whether there was anything to cut.
  cut() {
    this.whole = false;
    const carried = this.ends.size > 0;
    for (const end of this.ends) end.destroy();
    return carried;
  }

  mend() {
    this.whole = true;
  }

  close() {
    this.cut();
    this.door.close();
  }
}
