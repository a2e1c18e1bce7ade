// What one recipient has received by one way: every notice once, whatever came twice, and where something did not fit.

import { fault } from "./settings.mjs";

// What a notice says of itself by every way, and never says otherwise.
const SAME = ["id", "type", "occurredAt"];
const differs = (one, other) => SAME.filter((key) => one[key] !== other[key]);

export class Received {
  notices = new Map();
  doubles = 0;
  gaps = 0;
  missing = 0;

  constructor(recipient, way, after) {
    Object.assign(this, { recipient, way, after, last: after });
  }

  get name() {
    return `${this.recipient} by ${this.way}`;
  }

  // The place up to which nothing is missing.
  get whole() {
    let place = this.after;
    while (this.notices.has(place + 1)) place += 1;
    return place;
  }

  // A notice has come, after another in one connection; where it is not the next one, something was lost or out of order.
  takesInOrder(notice) {
    const { sequence } = notice;
    if (sequence > this.last + 1) {
      this.gaps += 1;
      fault(`${this.name}: ${sequence} came after ${this.last}`);
    } else if (sequence <= this.last) {
      fault(`${this.name}: ${sequence} came once more, after ${this.last}, in a connection that began after ${this.began}`);
    }
    this.last = Math.max(this.last, sequence);
    this.takes(notice);
  }

  // A webhook may be sent a notice twice, and what stands behind it too; but nothing is passed over.
  takesAgain(notice) {
    if (notice.sequence > this.last + 1) {
      this.gaps += 1;
      fault(`${this.name}: ${notice.sequence} came when nothing after ${this.last} had been taken`);
    }
    this.last = Math.max(this.last, notice.sequence);
    this.takes(notice);
  }

  takes(notice) {
    const before = this.notices.get(notice.sequence);
    if (!before) return void this.notices.set(notice.sequence, notice);
    this.doubles += 1;
    const other = differs(before, notice);
    if (other.length > 0) fault(`${this.name}: ${notice.sequence} came twice with another ${other.join(" and ")}`);
  }

  // Holds it to the inbox from the place where it began.
  compare(inbox) {
    const wanted = inbox.filter(({ sequence }) => sequence > this.after);
    const lost = wanted.filter(({ sequence }) => !this.notices.has(sequence));
    this.missing = lost.length;
    if (lost.length > 0) fault(`${this.name}: ${lost.length} never came, ${lost[0].sequence} (${lost[0].type}) the first`);
    for (const notice of wanted) {
      const got = this.notices.get(notice.sequence);
      const other = got ? differs(got, notice) : [];
      if (other.length > 0) fault(`${this.name}: ${notice.sequence} has another ${other.join(" and ")} in the inbox`);
    }
    const places = new Set(wanted.map(({ sequence }) => sequence));
    for (const place of this.notices.keys()) {
      if (!places.has(place)) fault(`${this.name}: ${place} came and is not in the inbox`);
    }
  }
}
