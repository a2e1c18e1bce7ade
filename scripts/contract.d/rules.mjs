// By which rules the schema is linted: every rule of graphql-eslint for schemas is on here, or off for a reason.

import { removalOf } from "./library.mjs";

const builtIn = '[kind=DirectiveDefinition][name.value=/^(deprecated|include|oneOf|skip|specifiedBy)$/]';

export const on = {
  // The SDL is one that the reference implementation takes.
  "known-argument-names": [],
  "known-directives": [],
  "known-type-names": [],
  "lone-schema-definition": [],
  "possible-type-extension": [],
  "provided-required-arguments": [],
  "unique-directive-names": [],
  "unique-directive-names-per-location": [],
  "unique-field-definition-names": [],
  "unique-operation-types": [],
  "unique-type-names": [],
  // Everything says what it is, for tools that show it.
  "no-hashtag-description": [],
  "require-description": [
    {
      types: true,
      rootField: true,
      DirectiveDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      // The specification says what the arguments of its own directives are.
      ignoredSelectors: [`${builtIn} InputValueDefinition`],
    },
  ],
  // One way to write names.
  "naming-convention": [
    {
      types: "PascalCase",
      FieldDefinition: "camelCase",
      InputValueDefinition: "camelCase",
      Argument: "camelCase",
      DirectiveDefinition: "camelCase",
      EnumValueDefinition: "UPPER_CASE",
      "FieldDefinition[parent.name.value=Query]": { forbiddenPrefixes: ["query", "get", "list"], forbiddenSuffixes: ["Query"] },
      "FieldDefinition[parent.name.value=Mutation]": { forbiddenPrefixes: ["mutation"], forbiddenSuffixes: ["Mutation"] },
      "FieldDefinition[parent.name.value=Subscription]": {
        forbiddenPrefixes: ["subscription"],
        forbiddenSuffixes: ["Subscription"],
      },
      EnumTypeDefinition: { forbiddenPrefixes: ["Enum"], forbiddenSuffixes: ["Enum"] },
      InterfaceTypeDefinition: { forbiddenPrefixes: ["Interface"], forbiddenSuffixes: ["Interface"] },
      UnionTypeDefinition: { forbiddenPrefixes: ["Union"], forbiddenSuffixes: ["Union"] },
      InputObjectTypeDefinition: { requiredSuffixes: ["Input", "Filter", "Selection"] },
      ObjectTypeDefinition: { forbiddenPrefixes: ["Type"], forbiddenSuffixes: ["Type", "Input"] },
    },
  ],
  "no-typename-prefix": [],
  "unique-enum-value-names": [],
  // A command takes one `input`, named after it, and answers with an object that can grow.
  "input-name": [{ checkInputType: true, caseSensitiveInputType: false, checkMutations: true }],
  "no-scalar-result-type-on-mutation": [],
  "require-nullable-fields-with-oneof": [],
  // Relay: pages, places on them, and how they are asked for.
  "relay-arguments": [{ includeBoth: true }],
  "relay-connection-types": [],
  // Lists of values that never grow long need no pages (tranches of a grant, segments of a journey).
  "relay-edge-types": [{ withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false }],
  "relay-page-info": [],
  // Nothing that cannot be reached, and nothing that goes without a word.
  "no-unreachable-types": [],
  "require-deprecation-reason": [],
};

export const off = {
  alphabetize: "the program prints the schema sorted; the rule sorts names by other letters (NOT_X before NO_X)",
  "description-style": "a sentence on one line is quoted once: that makes half as many lines of it",
  "no-root-type": "there are queries, commands and a subscription",
  "no-unused-fields": "what partners ask is not known here; /metrics counts what is deprecated and still used",
  "require-deprecation-date": "it wants an argument of @deprecated that the specification does not have; removal-date is on instead",
  "require-field-of-type-query-in-mutation-result": "an answer to a command holds what the command changed, and no way to ask for more beside it",
  "require-nullable-result-in-root": "an answer to a command always comes and tells its errors itself; a page is there even where it is empty",
  "require-type-pattern-with-oneof": "it is for results that are either a value or an error; here @oneOf is for inputs",
  "strict-id-in-types": "rows are Nodes and have an id by that; values within a row (Money, Territory) have none",
};

// What a rule finds and what stays all the same: the rule, the place, and why. One that is found no more has to go.
const journal = "a line of a journal or of the records of a mission: it is found in its listing, and nothing leads to it alone";
export const exceptions = [
  ["no-typename-prefix", 'Field "clientId" starts with the name of the parent type "Client"', "`client_id` is the name that tokens have for it"],
  ...["CampaignReport", "Disclosure", "Escalation", "OutreachVisit", "PartnerSurvey", "RetentionCertificate"].map((row) => [
    "relay-edge-types",
    `${row}Edge: Edge type's field \`node\` must implement \`Node\` interface.`,
    journal,
  ]),
];

const removalDate = {
  meta: { type: "problem", docs: { description: "Require a removal date in the reason for a deprecation." }, schema: [] },
  create: (context) => ({
    "Directive[name.value=deprecated]"(node) {
      const reason = node.arguments?.find(({ name }) => name.value === "reason")?.value.value;
      if (!removalOf(reason)) {
        context.report({ node, message: 'The reason for a deprecation ends with "Removal: " and a day, such as 2027-06-30' });
      }
    },
  }),
};

// The configuration for ESLint, over a schema.
export const configuration = (plugin, schema) => [
  {
    files: ["**/*.graphql"],
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { "@graphql-eslint": plugin, avrr: { rules: { "removal-date": removalDate } } },
    rules: {
      ...Object.fromEntries(Object.entries(on).map(([rule, options]) => [`@graphql-eslint/${rule}`, ["error", ...options]])),
      "avrr/removal-date": "error",
    },
  },
];
