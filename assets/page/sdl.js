// Reads the schema as the server prints it, into types with their fields. It is no validator: what is printed is well formed.

const TOKEN = /"""([\s\S]*?)"""|("(?:\\.|[^"\\])*")|([A-Za-z_]\w*)|(-?\d[\w.+-]*)|(\.\.\.|[{}()[\]:=!@|&])|#[^\n]*|[\s,]+/gy;

function tokens(text) {
  const found = [];
  for (const [whole, block, string, name, number, sign] of text.matchAll(TOKEN)) {
    if (block !== undefined) found.push({ text: block.trim().replace(/\s*\n\s*/g, " "), words: true });
    else if (string !== undefined) found.push({ text: JSON.parse(string), words: true, raw: whole });
    else if (name ?? number ?? sign) found.push({ text: whole });
  }
  return found;
}

class Reader {
  constructor(text) {
    this.tokens = tokens(text);
    this.at = 0;
  }

  get done() {
    return this.at >= this.tokens.length;
  }

  next() {
    return this.tokens[this.at++]?.text;
  }

  // Whether this sign comes next; it is taken.
  took(sign) {
    const here = this.tokens[this.at];
    const is = here !== undefined && !here.words && here.text === sign;
    if (is) this.at += 1;
    return is;
  }

  description() {
    return this.tokens[this.at]?.words ? this.next() : "";
  }

  // Everything up to the sign that closes this one.
  value() {
    const { text, raw } = this.tokens[this.at];
    this.at += 1;
    if (text !== "[" && text !== "{") return raw ?? text;
    const parts = [];
    while (!this.took("]") && !this.took("}")) parts.push(this.took(":") ? ":" : this.value());
    return text === "[" ? `[${parts.join(", ")}]` : `{${parts.join(" ").replaceAll(" :", ":")}}`;
  }

  type() {
    const type = this.took("[") ? `[${this.type()}` : this.next();
    const closed = type.startsWith("[") && this.took("]") ? `${type}]` : type;
    return this.took("!") ? `${closed}!` : closed;
  }

  directives() {
    const given = {};
    while (this.took("@")) {
      const name = this.next();
      given[name] = {};
      if (this.took("(")) {
        while (!this.took(")")) {
          const argument = this.next();
          this.took(":");
          given[name][argument] = this.value();
        }
      }
    }
    return given;
  }

  inputs(end) {
    const list = [];
    while (!this.took(end)) {
      const description = this.description();
      const name = this.next();
      this.took(":");
      const type = this.type();
      const preset = this.took("=") ? this.value() : null;
      list.push({ name, description, type, preset, args: [], directives: this.directives() });
    }
    return list;
  }

  fields() {
    const list = [];
    while (!this.took("}")) {
      const description = this.description();
      const name = this.next();
      const args = this.took("(") ? this.inputs(")") : [];
      this.took(":");
      const type = this.type();
      list.push({ name, description, args, type, directives: this.directives() });
    }
    return list;
  }

  values() {
    const list = [];
    while (!this.took("}")) {
      const description = this.description();
      list.push({ name: this.next(), description, args: [], directives: this.directives() });
    }
    return list;
  }

  names(separator) {
    const list = [];
    this.took(separator);
    do list.push(this.next());
    while (this.took(separator));
    return list;
  }

  // One definition; null for what is not a type.
  definition() {
    const description = this.description();
    const kind = this.next();
    if (kind === "schema") {
      this.directives();
      this.took("{");
      this.fields();
      return null;
    }
    if (kind === "directive") {
      this.took("@");
      this.next();
      if (this.took("(")) this.inputs(")");
      this.took("repeatable");
      this.took("on");
      this.names("|");
      return null;
    }
    const type = { kind, name: this.next(), description, interfaces: [], members: [], fields: [] };
    if (this.took("implements")) type.interfaces = this.names("&");
    type.directives = this.directives();
    if (kind === "union" && this.took("=")) type.members = this.names("|");
    else if (this.took("{")) {
      const inside = { enum: () => this.values(), input: () => this.inputs("}") }[kind] ?? (() => this.fields());
      type.fields = inside();
    }
    return type;
  }
}

// The types of a schema by name, in order.
export function parse(text) {
  const reader = new Reader(text);
  const types = new Map();
  while (!reader.done) {
    const type = reader.definition();
    if (type) types.set(type.name, type);
  }
  for (const type of types.values()) {
    for (const name of type.interfaces) types.get(name)?.members.push(type.name);
  }
  return types;
}
