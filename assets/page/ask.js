// Asks the API, and says what came back: the status, how long it took, and the answer.

import { purpose } from "./who.js";

const address = () => new URL("graphql", document.baseURI);

const headers = (token, accept) => ({
  Accept: accept,
  "Content-Type": "application/json",
  ...(token ? { Authorization: `Bearer ${token}` } : {}),
  ...(purpose() ? { "X-Purpose": purpose() } : {}),
});

// One question. `answer` is null where what came is not JSON; it throws where nothing came.
export async function ask(token, query, variables) {
  const begun = performance.now();
  const response = await fetch(address(), {
    method: "POST",
    headers: headers(token, "application/json"),
    body: JSON.stringify({ query, variables }),
    cache: "no-store",
  });
  const text = await response.text();
  const milliseconds = performance.now() - begun;
  let answer = null;
  try {
    answer = JSON.parse(text);
  } catch {
    // A proxy in between speaks for itself.
  }
  return { status: response.status, words: response.statusText, milliseconds, text, answer };
}

// Follows a subscription by server-sent events; `told` is called with each answer. It ends when the server ends it, and throws
// where the line is lost. What the server says instead of a stream is thrown with `refused`.
export async function follow(token, query, variables, signal, { opened, told }) {
  const response = await fetch(address(), {
    method: "POST",
    headers: headers(token, "text/event-stream"),
    body: JSON.stringify({ query, variables }),
    cache: "no-store",
    signal,
  });
  if (!response.ok || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
    throw Object.assign(new Error(await response.text()), { refused: true, status: response.status });
  }
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value.replaceAll("\r", "");
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const fields = { event: "message", data: [] };
      for (const line of event.split("\n")) {
        const [, name, rest] = /^([^:]*):? ?(.*)$/.exec(line);
        if (name === "event") fields.event = rest;
        if (name === "data") fields.data.push(rest);
      }
      if (fields.event === "complete") return;
      if (fields.event === "next") told(JSON.parse(fields.data.join("\n")));
    }
  }
}
