// What became of the contract since the last release, and what of it the changelog has to name.

import { library, removalOf } from "./library.mjs";

const { diff } = library("@graphql-inspector/core");
const { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, getNamedType } = library("graphql");

// A place in a schema by its coordinate: `Type.member`, `Type.field(argument:)`, `@directive(argument:)`.
const coordinateOf = ({ path }, schema) => {
  const [type, member, argument] = path.split(".");
  if (argument) return `${type}.${member}(${argument}:)`;
  if (member && type.startsWith("@") && schema.getDirective(type.slice(1))) return `${type}(${member}:)`;
  return member ? `${type}.${member}` : type;
};

// Everything that can be deprecated, by its coordinate.
const members = (schema) => {
  const all = new Map();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isEnumType(type)) for (const value of type.getValues()) all.set(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) all.set(`${type.name}.${field.name}`, field);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      all.set(`${type.name}.${field.name}`, field);
      for (const argument of field.args) all.set(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
  return all;
};

// The section of the changelog for what is not released yet: what it names at all, and what it names as breaking.
export const named = (changelog) => {
  const unreleased = /^## Unreleased$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog)?.[1] ?? "";
  const quoted = (text) => new Set(Array.from(text.matchAll(/`([^`\n]+)`/g), ([, words]) => words));
  const entries = unreleased.split(/\n(?=- )/).filter((entry) => entry.startsWith("- **Breaking:**"));
  return { anywhere: quoted(unreleased), asBreaking: quoted(entries.join("\n")) };
};

// Today is a day such as 2026-12-31.
export const judged = async (released, current, changelog, today) => {
  const [before, after] = [released, current].map((text) => buildSchema(text, { assumeValidSDL: true }));
  const { anywhere, asBreaking } = named(changelog);
  const [then, now] = [members(before), members(after)];
  const announced = (coordinate) => removalOf(then.get(coordinate)?.deprecationReason);
  const gone = (coordinate) => then.has(coordinate) && !now.has(coordinate);
  // A type that nothing is left of which led to it goes with what led to it.
  const follows = (coordinate) => {
    const leads = Array.from(then).filter(([, { type }]) => type && getNamedType(type).name === coordinate);
    return !after.getType(coordinate) && leads.length > 0 && leads.every(([place]) => gone(place));
  };
  const result = { failures: [], dangerous: [], told: [], others: 0 };
  for (const change of await diff(before, after)) {
    const coordinate = coordinateOf(change, before);
    if (change.criticality.level === "DANGEROUS") result.dangerous.push(`${coordinate}: ${change.message}`);
    if (change.criticality.level === "NON_BREAKING") result.others += 1;
    if (change.criticality.level !== "BREAKING") continue;
    const until = gone(coordinate) && announced(coordinate);
    if (asBreaking.has(coordinate)) result.told.push(`${coordinate}: ${change.message}: the changelog says so`);
    else if (follows(coordinate)) result.told.push(`${coordinate}: ${change.message}, with what led to it`);
    else if (until && until <= today && anywhere.has(coordinate)) result.told.push(`${coordinate}: ${change.message}, as announced`);
    else if (until && until <= today) result.failures.push(`${coordinate}: ${change.message}, as announced. Write in CHANGELOG.md, under Unreleased: - \`${coordinate}\` is gone, as announced.`);
    else {
      const why = until ? ` before the day that was announced for it, ${until}` : gone(coordinate) ? " without having been deprecated" : "";
      result.failures.push(`${coordinate}: ${change.message}${why}. Write in CHANGELOG.md, under Unreleased: - **Breaking:** \`${coordinate}\` … (what partners do now)`);
    }
  }
  const deprecated = Array.from(now).filter(([, { deprecationReason }]) => deprecationReason != null);
  result.deprecated = deprecated.length;
  result.overdue = deprecated.flatMap(([coordinate, { deprecationReason }]) => {
    const until = removalOf(deprecationReason);
    return until && until <= today ? [`${coordinate}: was to be gone on ${until}`] : [];
  });
  return result;
};
