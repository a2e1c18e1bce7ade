// Schemas with a fault each, and the rule that has to find it.

// A whole schema that is good, around whatever a sample puts in.
export const schema = ({ types = "", query = "", mutation = '"Opens. For: sending." openCase("How." input: OpenCaseInput!): OpenCasePayload!' }) => `
"Where reading begins."
type Query { "The cases, page by page." cases("So many from the start." first: Int "After this cursor." after: String "So many from the end." last: Int "Before this cursor." before: String): CaseConnection! ${query} }
"Where writing begins."
type Mutation { ${mutation} }
"What opens a case."
input OpenCaseInput { "The key." key: String! }
"What became of it."
type OpenCasePayload { "The case." case: Case }
"Whatever has an id."
interface Node { "The id." id: ID! }
"A case."
type Case implements Node { "The id." id: ID! }
"A page of cases."
type CaseConnection { "The places." edges: [CaseEdge!]! "Of the page." pageInfo: PageInfo! }
"A place on a page."
type CaseEdge { "The case." node: Case! "Its place." cursor: String! }
"Of a page."
type PageInfo { "More after." hasNextPage: Boolean! "More before." hasPreviousPage: Boolean! "The first place." startCursor: String "The last place." endCursor: String }
${types}
`;

export const faults = [
  ["require-description", { query: "bare: Int" }],
  ["require-description", { query: '"Said." bare(silent: Int): Int' }],
  ["require-description", { query: '"Said." colour: Colour', types: '"Colours." enum Colour { RED }' }],
  ["naming-convention", { query: '"Said." snake_case: Int' }],
  ["naming-convention", { query: '"Said." getCase: Int' }],
  ["naming-convention", { query: '"Said." colour: Colour', types: '"Colours." enum Colour { "Red." red }' }],
  ["no-typename-prefix", { query: '"Said." person: Person', types: '"Said." type Person { "Said." personName: String }' }],
  ["unique-enum-value-names", { query: '"Said." colour: Colour', types: '"Colours." enum Colour { "Red." RED "Red." Red }' }],
  ["input-name", { mutation: '"Opens." openCase(what: OpenCaseInput!): OpenCasePayload!' }],
  ["input-name", { mutation: '"Shuts." closeCase(input: OpenCaseInput!): OpenCasePayload!' }],
  ["no-scalar-result-type-on-mutation", { mutation: '"Opens." openCase(input: OpenCaseInput!): Boolean' }],
  ["relay-arguments", { query: '"Said." more("So many." first: Int): CaseConnection!' }],
  ["relay-connection-types", { query: '"Said." notices: NoticeConnection', types: '"Said." type NoticeConnection { "Said." total: Int }' }],
  [
    "relay-edge-types",
    {
      query: '"Said." notices("a" first: Int "b" after: String "c" last: Int "d" before: String): NoticeConnection',
      types: '"Said." type NoticeConnection { "Said." edges: [NoticeEdge!]! "Said." pageInfo: PageInfo! } "Said." type NoticeEdge { "Said." node: Int }',
    },
  ],
  ["no-unreachable-types", { types: '"Said." type Island { "Said." palm: Int }' }],
  ["no-hashtag-description", { types: "# Said.\ntype Island { palm: Int }" }],
  // What is no schema at all, the parser finds.
  ["null", { query: '"Said." where: Nowhere' }],
  ["require-deprecation-reason", { query: '"Said." old: Int @deprecated' }],
  ["avrr/removal-date", { query: '"Said." old: Int @deprecated(reason: "Use `cases`.")' }],
  ["avrr/removal-date", { query: '"Said." old: Int @deprecated(reason: "Use `cases`. Removal: 2027-02-30")' }],
];
