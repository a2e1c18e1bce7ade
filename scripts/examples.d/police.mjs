// The police listener against a gateway that it loses, and that loses it.

import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { Partner } from "./partner.mjs";
import { Process, later, until } from "./processes.mjs";

const CLIENT = "police-kosovo";
const OLD = "iom-tehran";

export class Police {
  constructor({ holds, server, gate, mission, administration, listener, scratch }) {
    Object.assign(this, { holds, server, gate, mission, administration, listener });
    this.room = `${scratch}/police`;
    this.state = `${this.room}/departures.json`;
    this.token = `${this.room}/token`;
    mkdirSync(this.room);
    this.partner = new Partner(server, CLIENT);
    this.begun = [];
  }

  starts(state = this.state, client = CLIENT, expires = "15m") {
    const command = `'${this.server.gateway}' token ${client} --demo --expires ${expires} | tee '${this.token}'`;
    const args = [`${this.listener}/dist/main.js`, "--server", this.gate.address, "--token-command", command, "--state", state];
    this.process = new Process(process.execPath, args);
    if (client === CLIENT) this.begun.push(this.process);
    return this.process;
  }

  book = (state = this.state) => JSON.parse(readFileSync(state, "utf8"));

  async head() {
    return (await this.partner.asks("{ noticesHead { sequence chain } }")).noticesHead;
  }

  // What happens next is told by one notice, and comes into the book as this deed.
  async isTold(what, deed, happens) {
    const from = this.process.lines.length;
    const { sequence } = await this.head();
    await happens();
    await this.process.says(new RegExp(` ${sequence + 1} \\S+( \\S+)? ${deed}$`), from);
    this.holds(what, true);
    return sequence + 1;
  }

  async allAcknowledged(what) {
    const open = "{ notices(first: 100, filter: { acknowledged: false }) { nodes { sequence } } }";
    await until(`${what}: nothing is left to acknowledge`, async () => (await this.partner.asks(open)).notices.nodes.length === 0);
    await until(`${what}: nothing waits in the file`, () => this.book().waiting.length === 0);
    this.holds(what, true);
  }

  // The book against the inbox, by plain query: each notice once, each in its place, and the chain of hashes over all of it.
  async hasAll(what) {
    const { sequence, chain } = await this.head();
    const { place, journal, ...book } = await until(`${what}: the book comes to ${sequence}`, () => (this.book().place >= sequence ? this.book() : null));
    const inbox = [];
    for (let after = 0; after < sequence; after = inbox.at(-1).sequence) {
      const page = "query($after: Int!) { notices(first: 100, filter: { afterSequence: $after }) { nodes { id sequence type } } }";
      inbox.push(...(await this.partner.asks(page, { after })).notices.nodes);
    }
    this.holds(`${what}: each notice once and in its place`, journal.map(({ deed: _, ...rest }) => rest),
      inbox.map(({ sequence, id, type }) => ({ sequence, id, type })));
    this.holds(`${what}: the chain of hashes`, [place, book.chain], [sequence, chain]);
    // The same by what the processes said: whatever was handled was handled by one of them, once.
    const handled = this.begun.flatMap(({ lines }) => lines).map((line) => /^\S+ (\d+) [A-Z_]+ /.exec(line)?.[1]).filter(Boolean);
    this.holds(`${what}: nothing is handled twice`, handled.length, new Set(handled).size);
  }

  async play() {
    const { holds, gate, mission } = this;
    for (const place of [10, 25, 45]) {
      this.starts();
      await this.process.says(new RegExp(` ${place} [A-Z_]+ `));
      await this.process.kill();
    }
    this.starts();
    await this.process.says(/ complete up to \d+$/);
    await this.hasAll("from the beginning, and killed three times on the way");
    await this.allAcknowledged("the old notices are acknowledged");
    holds("the file is for its owner alone", (statSync(this.state).mode & 0o777).toString(8), "600");
    const files = await mission.ready();
    const onTheList = new Set(Object.values(this.book().departures).map(({ travellers }) => travellers.persons[0].fullName));
    holds("there are departures to speak of", [files.length >= 5, onTheList.size >= 5], [true, true]);
    const [leaving, moving, withdrawn, secret, last] = files;

    gate.commands = "keep";
    const place = await this.isTold("a departure", "changed on the list", () => mission.departs(leaving));
    await until("the acknowledgement is on its way", () => gate.came.at(-1)?.includes("acknowledgeNotices"));
    await this.process.kill();
    holds("killed after it was handled, before it was acknowledged", [this.book().place, this.book().waiting.length], [place, 1]);
    await mission.moves(moving);
    gate.commands = "pass";
    this.starts();
    await this.allAcknowledged("what was left is acknowledged by the next process");
    await this.hasAll("killed between handling and acknowledging");

    gate.came.length = 0;
    gate.commands = "lose";
    await this.isTold("a flight is moved", "changed on the list", () => mission.moves(moving));
    await this.allAcknowledged("acknowledged again after a lost answer");
    holds("by the same words", [gate.came.length, gate.came[0] === gate.came[1]], [2, true]);

    await this.server.stop();
    await this.process.says(/coming back/);
    await this.server.start();
    await this.isTold("after a restart of the gateway", "changed on the list", () => mission.departs(moving));
    gate.cut();
    await mission.moves(withdrawn);
    await later(300);
    gate.isBusy("query Head", 1, 3);
    gate.mend();
    await this.hasAll("the gateway stopped, and the line was cut");
    holds("it waits as long as Retry-After says", gate.obeyed);

    const revoked = readFileSync(this.token, "utf8").trim();
    await this.administration.revokes(CLIENT, revoked);
    await this.process.says(/coming back .*UNAUTHENTICATED/);
    await this.isTold("with a new token, after one was revoked", "changed on the list", () => mission.moves(withdrawn));
    holds("it is another token", readFileSync(this.token, "utf8").trim() !== revoked, true);

    await this.whatIsTakenBack(withdrawn, secret);
    await this.allAcknowledged("all of it is acknowledged");
    holds("SIGTERM ends it well", [await this.process.kill("SIGTERM"), / stopped at \d+$/.test(this.process.lines.at(-1))], [0, true]);
    await this.isShownOut(last);
    await this.hasAll("in the end");
    await this.process.kill();
    await this.isNotKept();
  }

  async whatIsTakenBack(withdrawn, secret) {
    const { holds, mission } = this;
    const listed = () => Object.keys(this.book().departures).length;
    const before = listed();
    await this.isTold("a withdrawal", "taken off the list", () => mission.withdraws(withdrawn));
    holds("one departure less", listed(), before - 1);
    const names = () => JSON.stringify(Object.values(this.book().departures).map(({ travellers }) => travellers.id));
    const known = names();
    await this.isTold("a consent taken back", "forgotten", () => mission.revokesConsentToPolice(secret));
    holds("nothing is kept of whom it concerned", [listed(), names() === known], [before - 2, false]);
  }

  // A client that is suspended while it listens, and one that is suspended when it starts.
  async isShownOut(last) {
    const { holds } = this;
    this.starts(this.state, CLIENT, "2s");
    await this.process.says(/coming back: TOKEN_EXPIRED/);
    await this.process.says(/ listening after /, this.process.lines.length);
    holds("a token expires, and it comes back with another", true);
    await this.administration.suspends(CLIENT);
    holds("suspended: it stops", await this.process.ends(), 1);
    holds("and says why", /STOPPED at \d+ not let in .*ask the administration/.test(this.process.lines.at(-1)), true);
    holds("suspended from the start: it stops", await this.starts().ends(), 1);
    await this.mission.departs(last);
    await this.administration.resumes(CLIENT);
    this.starts();
    await this.process.says(/ DEPARTED .*changed on the list$/);
    await this.allAcknowledged("let in again: it is told what came meanwhile");
  }

  // The beginning of an inbox is erased. In the demo that takes a mission's, whose first cases are long over.
  async isNotKept() {
    const { holds, server } = this;
    await server.stop();
    writeFileSync(`${this.room}/keep.toml`, "[notices]\npayload_days = 1\nenvelope_days = 1\n");
    await server.runs("retention", "run", "--config", `${this.room}/keep.toml`);
    await server.start();
    const question = "{ noticesHead { sequence oldestSequence chain } }";
    const { noticesHead } = await new Partner(server, OLD).asks(question);
    holds(`the inbox of ${OLD} has lost its beginning`, noticesHead.oldestSequence > 1);
    const state = `${this.room}/old.json`;
    this.starts(state, OLD);
    await this.process.says(/ complete up to /);
    const { missed, place, chain } = this.book(state);
    holds("what is not kept any more is said", missed, [{ from: 1, to: noticesHead.oldestSequence - 1 }]);
    holds("and it goes on where the inbox begins", [place, chain], [noticesHead.sequence, noticesHead.chain]);
    await this.process.kill("SIGTERM");
  }
}
