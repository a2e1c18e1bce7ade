// Questions and commands that are worth trying, for each kind of partner. Each runs as it stands against a fresh demo.
//
// What a command has to know, such as an id and a version, is looked up first (`find`), as the same client: ids are the
// viewer's own. `fill` makes the variables of what was found and of the moment.

import { OTHERS } from "./examples-others.js";
import { PARTNERS } from "./examples-partners.js";

export const KINDS = [
  ["CONSULAR_POST", "Embassy"],
  ["POLICE", "Police"],
  ["MISSION", "Mission"],
  ["DASHBOARD", "Dashboard"],
  ["MIGRATION_AUTHORITY", "Migration"],
  ["SERVICE_PROVIDER", "Protection"],
  ["AUDITOR", "Data protection"],
  ["ADMIN", "Administration"],
];

export const EXAMPLES = [...PARTNERS, ...OTHERS];
