// Makes src/gql: one type for each operation in src/operations.graphql, from the schema. It fails where an operation
// does not fit. SCHEMA may be another file, or the address of a gateway: https://…/schema.graphql.

import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: process.env["SCHEMA"] ?? "../../schema.graphql",
  documents: "src/operations.graphql",
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string",
        emitLegacyCommonJSImports: false,
        enumsAsTypes: true,
        onlyOperationTypes: true,
        useTypeImports: true,
        // A scalar that nobody has thought of is an error, and not `any`. All of them travel as strings.
        strictScalars: true,
        scalars: {
          AirportCode: "string", BirthDate: "string", CountryCode: "string", CurrencyCode: "string", Date: "string",
          DateTime: "string", FlightDesignator: "string", LanguageTag: "string",
        },
      },
    },
  },
};

export default config;
