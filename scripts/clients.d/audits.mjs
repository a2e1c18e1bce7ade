// GraphQL over HTTP as its reference library sees it: the audits of graphql-http for servers, each of them, whether the
// specification says MUST, SHOULD or MAY.

import { bearer, library, versionOf } from "./library.mjs";
import { tokenOf } from "./partner.mjs";

const { serverAudits } = library("graphql-http");
const [server] = process.argv.slice(2);

// How long an answer may take.
const PATIENCE = 10_000;

const Authorization = bearer(tokenOf("iom-baghdad"));
const withToken = (input, init = {}) =>
  fetch(input, { ...init, headers: { ...init.headers, Authorization }, signal: AbortSignal.timeout(PATIENCE) });

// An audit answers with what is wrong, and throws where it gets no answer that it can read.
const results = await Promise.all(
  serverAudits({ url: `${server}/graphql`, fetchFn: withToken }).map(({ id, name, fn }) =>
    fn().catch((fault) => ({ id, name, status: "error", reason: String(fault.cause ?? fault) })),
  ),
);
const passed = results.filter(({ status }) => status === "ok").length;
const all = results.length > 0 && passed === results.length;

console.log(`graphql-http ${versionOf("graphql-http")}: ${passed} of ${results.length} audits pass${all ? ": ok" : ""}`);
for (const { id, name, status, reason, response } of results) {
  if (status !== "ok") console.log(`  NOT SO: ${id} ${name}: ${reason}${response ? `, but ${response.status}` : ""}`);
}
process.exit(all ? 0 : 1);
