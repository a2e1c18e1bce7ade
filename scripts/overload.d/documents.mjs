// Attacks by what a document says: each is refused before it costs anything.

// Reading what is long costs points, whatever comes of it.
const LIMIT = ["200 LIMIT_EXCEEDED", "429 RATE_LIMITED"];
const INVALID = ["200 GRAPHQL_VALIDATION_FAILED"];
const many = (text, count) => text.repeat(count);
const listed = (count, of) => Array.from({ length: count }, (_, nth) => of(nth)).join(" ");

// A document that is refused; its words come back in no message, and the answer is short.
const document = (name, expects, query, variables) => ({
  name, transport: "HTTP", expects, needs: expects === LIMIT ? [LIMIT[0]] : [],
  run: (siege) =>
    siege.documents(query, variables, {
      looks: ({ text }) => {
        if (text?.includes("SECRETWORD")) siege.told("quotes the document");
        if (text?.length > 100_000) siege.told("a long answer");
        if (/did you mean/i.test(text ?? "")) siege.told("suggests a name");
      },
    }),
});

const doubling = (levels) =>
  `{ ...f0 ...f0 } ${listed(levels, (nth) => `fragment f${nth} on Query { ...f${nth + 1} ...f${nth + 1} }`)} fragment f${levels} on Query { __typename }`;

const page = "{ nodes { id reference persons { id fullName } itineraries { id attemptNo } } }";

export const DOUBLING = doubling(24);

export const attacks = [
  document("fragments that double, 24 levels", LIMIT, DOUBLING),
  document("fragments that spread each other", LIMIT, "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"),
  document("7,000 fragments, one within the other", LIMIT, `{ ...f0 } ${listed(7_000, (nth) => `fragment f${nth} on Query { ...f${nth + 1} }`)}`),
  document("selections nested 2,000 deep", LIMIT, `${many("{ node ", 2_000)}{ id }${many("}", 2_000)}`),
  document("lists nested 50,000 deep", LIMIT, `{ node(id: ${many("[", 50_000)}1${many("]", 50_000)}) { id } }`),
  document("10,000 aliases", LIMIT, `{${listed(10_000, (nth) => `a${nth}:viewer{id}`)}}`),
  document("10,000 aliases of __typename", LIMIT, `{ ${listed(10_000, (nth) => `a${nth}: __typename`)} }`),
  document("60 aliases of the dearest listing", LIMIT, `{ ${listed(60, (nth) => `a${nth}: cases(first: 100) ${page}`)} }`),
  document("5,000 root fields", LIMIT, `{ ${many("viewer { clientId } ", 5_000)} }`),
  document("1,000 operations", LIMIT, listed(1_000, (nth) => `query q${nth} { __typename }`)),
  document("10,000 directives", LIMIT, `{ __typename ${many("@skip(if: false) ", 10_000)} }`),
  document("125,000 words", LIMIT, `{ ${many("a ", 125_000)} }`),
  document("1,000 variables that nobody uses", LIMIT, `query(${listed(1_000, (nth) => `$v${nth}: Int`)}) { __typename }`),
  document("introspection nested deep", LIMIT, `{ __schema { types ${many("{ fields { type ", 8)}{ name }${many("} }", 8)} } }`),
  document("an alias of 200,000 letters in every row", LIMIT, `{ cases(first: 100) { nodes { ${many("a", 200_000)}: id } } }`),
  document("50 introspections at once", LIMIT, `{ ${listed(50, (nth) => `a${nth}: __schema { types { name fields { name } } }`)} }`),
  document("490 fields that there are not", INVALID, `{ ${listed(490, (nth) => `SECRETWORD${nth}`)} }`),
  document("a name of 200,000 letters", INVALID, `{ SECRETWORD${many("a", 200_000)} }`),
  document("a number of 200,000 digits", ["200 GRAPHQL_VALIDATION_FAILED", "200 GRAPHQL_PARSE_FAILED", "200 INVALID_ARGUMENT"], `{ cases(first: ${many("9", 200_000)}) { totalCount } }`),
  document("a string of 200,000 letters for an id", ["200 null", "200 INVALID_ARGUMENT"], `{ node(id: "SECRETWORD${many("a", 200_000)}") { id } }`),
  { ...document("first: 2147483647", ["200 INVALID_ARGUMENT", "429 RATE_LIMITED"], `{ cases(first: 2147483647) ${page} }`), needs: ["200 INVALID_ARGUMENT"] },
  document("a large variable, written 9,000 times", LIMIT, `{ viewer(first: [${many("$x", 9_000)}]) { clientId } }`, { x: Array.from({ length: 39_000 }, () => 0) }),
  document("100,000 values", ["413 LIMIT_EXCEEDED"], "{ __typename }", { x: Array.from({ length: 100_000 }, () => 0) }),
  document("a large default, written 900 times", LIMIT, `query($x: [Int!] = [${many("0 ", 5_000)}]) { node(id: [${many("$x ", 900)}]) { id } }`),
  document("arguments that contradict each other, 29 levels deep", LIMIT, `{${many("...{", 29)}${many(`viewer(${many("a: 1 ", 550)}) { clientId } `, 12)}${many("}", 30)}`),
  document("one type, introspected 49 times", LIMIT, `{ ${listed(49, (nth) => `t${nth}: __type(name: "Mutation") { fields { type { ofType { fields { name description } } } } }`)} }`),
  document("a cursor that was tampered with", ["200 INVALID_CURSOR"], `{ cases(first: 10, after: "${many("QUFB", 12)}") { nodes { id } } }`),
  document("5,000 ids at once", ["200 INVALID_ARGUMENT", "200 LIMIT_EXCEEDED"], "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: Array.from({ length: 5_000 }, () => "AAAA") }),
  document("a filter of 10,000 words", ["200 GRAPHQL_VALIDATION_FAILED", "200 LIMIT_EXCEEDED", "200 INVALID_ARGUMENT"], "query($f: CaseFilter) { cases(filter: $f) { nodes { id } } }", { f: { state: Array.from({ length: 10_000 }, () => "SECRETWORD") } }),
  document("variables nested 100 deep", LIMIT, "query($a: ID) { __typename }", { a: JSON.parse(`${many("[", 100)}1${many("]", 100)}`) }),
  document("the character NUL", ["200 INVALID_ARGUMENT"], 'query($a: ID!) { node(id: $a) { id } }', { a: "a\0" }),
  {
    name: "idempotency keys of 10,000 letters",
    transport: "HTTP",
    expects: ["200 payload INVALID", "429 RATE_LIMITED"],
    run: (siege) =>
      siege.floods((nth) => ({
        body: JSON.stringify({
          query: "mutation($input: AcknowledgeNoticesInput!) { acknowledgeNotices(input: $input) { errors { code } unacknowledged } }",
          variables: { input: { idempotencyKey: `${nth}${many("k", 10_000)}`, notices: { upToSequence: 1 } } },
        }),
      })),
  },
  {
    name: "dear pages until the points are used up",
    transport: "HTTP",
    expects: ["200 data", "200 LIMIT_EXCEEDED", "429 RATE_LIMITED"],
    needs: ["429 RATE_LIMITED"],
    run: (siege) => siege.documents(`{ ${listed(30, (nth) => `a${nth}: cases(first: 100) ${page}`)} }`, {}, { rate: 10, flight: 2 }),
  },
];
