//! Limits on documents, checked after parsing and before the library's own validation, which would work for ever on a
//! document whose fragments double each other, and without end to its stack on fragments that follow each other.
//!
//! What is written counts, whether an operation reaches it or not: validation goes through all of it. Fragments are also
//! counted wherever they are spread. The walk stops as soon as a limit is passed, so its own cost is bounded by the
//! limits.

use super::input::MOST_DIRECTIVES;
use super::values::{Count, Weights, weight};
use crate::config::Limits;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Request, Variables};
use async_graphql_value::Value;
use std::collections::HashMap;

/// The deepest nesting of lists that introspection may ask for: types and what they have, as tools do, and no more.
const INTROSPECTION_LISTS: usize = 2;
/// The deepest nesting that introspection may ask for.
const INTROSPECTION_DEPTH: usize = 24;
/// Most introspections of the whole schema in a document: an answer to one is a quarter of a mebibyte, and no row counts it.
const MOST_INTROSPECTIONS: usize = 2;
/// Most introspections of a type in a document, apart from those of introspection itself, which tools look at first.
const MOST_TYPES: usize = 10;
/// The deepest nesting of fields and fragments together: a step through a fragment takes room on the stack too.
const DEEPEST_SETS: usize = 32;
/// Most operations in a document.
const MOST_OPERATIONS: usize = 10;
/// Most fragments that a document may define.
const MOST_FRAGMENTS: usize = 50;
/// Most variables that the operations of a document may define.
const MOST_VARIABLES: usize = 100;

/// Which limit a document passes with what is given to it, in words.
///
/// # Errors
///
/// One sentence that names the limit.
pub fn check(document: &ExecutableDocument, variables: &Variables, limits: &Limits) -> Result<(), String> {
    let weights = &Weights::of(document, variables);
    let (operations, fragments) = (&document.operations, &document.fragments);
    at_most(MOST_OPERATIONS, operations.iter().len(), "has", "operations")?;
    at_most(MOST_FRAGMENTS, fragments.len(), "defines", "fragments")?;
    let mut variables = 0;
    let mut written = Walk::new(limits, weights, None);
    for (_, operation) in operations.iter() {
        variables += operation.node.variable_definitions.len();
        at_most(MOST_VARIABLES, variables, "defines", "variables")?;
        for variable in &operation.node.variable_definitions {
            written.direct(&variable.node.directives)?;
        }
        written.direct(&operation.node.directives)?;
        written.begin(&operation.node.selection_set.node, None)?;
    }
    for fragment in fragments.values() {
        written.direct(&fragment.node.directives)?;
        written.begin(&fragment.node.selection_set.node, introspects(&fragment.node))?;
    }
    for (_, operation) in operations.iter() {
        Walk::new(limits, weights, Some(fragments)).begin(&operation.node.selection_set.node, None)?;
    }
    for fragment in fragments.values() {
        let lists = introspects(&fragment.node);
        Walk::new(limits, weights, Some(fragments)).begin(&fragment.node.selection_set.node, lists)?;
    }
    Ok(())
}

/// Whether a subscription is small enough to be kept with its variables for as long as it is open: half of a message.
///
/// # Errors
///
/// One sentence that names the limit.
pub fn may_be_kept(request: &Request, limits: &Limits) -> Result<(), String> {
    let most = limits.max_message_bytes / 2;
    let variables: usize = request.variables.values().map(weight).sum();
    if request.query.len() + variables > most {
        return Err(format!(
            "a subscription and its variables take more than {most} bytes"
        ));
    }
    Ok(())
}

/// Whether a `__type` is one of introspection's own, which are few and small.
#[must_use]
pub fn is_of_introspection(field: &Field) -> bool {
    let named = field.get_argument("name").map(|name| &name.node);
    matches!(named, Some(Value::String(name)) if name.starts_with("__"))
}

/// Fragments on the types of an introspection are inside of one, wherever they are spread.
fn introspects(fragment: &FragmentDefinition) -> Option<usize> {
    let on = fragment.type_condition.node.on.node.as_str();
    on.starts_with("__").then_some(0)
}

/// One sentence where there are more than there may be.
pub(super) fn at_most(most: usize, count: usize, verb: &str, what: &str) -> Result<(), String> {
    if count > most {
        return Err(format!("the document {verb} more than {most} {what}"));
    }
    Ok(())
}

struct Walk<'d> {
    limits: &'d Limits,
    weights: &'d Weights<'d>,
    /// None where spreads are counted and not followed.
    fragments: Option<&'d HashMap<Name, Positioned<FragmentDefinition>>>,
    fields: usize,
    aliases: usize,
    directives: usize,
    introspections: usize,
    types: usize,
    sets: usize,
    behind: Count,
}

impl<'d> Walk<'d> {
    fn new(
        limits: &'d Limits,
        weights: &'d Weights<'d>,
        fragments: Option<&'d HashMap<Name, Positioned<FragmentDefinition>>>,
    ) -> Self {
        Self {
            limits,
            weights,
            fragments,
            fields: 0,
            aliases: 0,
            directives: 0,
            introspections: 0,
            types: 0,
            sets: 0,
            behind: Count::default(),
        }
    }

    fn begin(&mut self, set: &'d SelectionSet, lists: Option<usize>) -> Result<(), String> {
        self.set(set, 1, lists, &mut Vec::new())
    }

    /// `lists` counts the nested lists of an introspection, and is none outside of one.
    fn set(
        &mut self,
        set: &'d SelectionSet,
        depth: usize,
        lists: Option<usize>,
        spread: &mut Vec<&'d str>,
    ) -> Result<(), String> {
        self.sets += 1;
        at_most(DEEPEST_SETS, self.sets, "nests", "levels of fields and fragments")?;
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let lists = self.field(field, lists)?;
                    self.nest(depth, lists)?;
                    if !field.selection_set.node.items.is_empty() {
                        self.set(&field.selection_set.node, depth + 1, lists, spread)?;
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.direct(&fragment.node.directives)?;
                    self.set(&fragment.node.selection_set.node, depth, lists, spread)?;
                }
                Selection::FragmentSpread(fragment) => {
                    let name = fragment.node.fragment_name.node.as_str();
                    if spread.contains(&name) {
                        return Err("a fragment spreads itself".to_owned());
                    }
                    self.count(None)?;
                    self.direct(&fragment.node.directives)?;
                    if let Some(fragment) = self.fragments.and_then(|known| known.get(name)) {
                        spread.push(name);
                        self.set(&fragment.node.selection_set.node, depth, lists, spread)?;
                        spread.pop();
                    }
                }
            }
        }
        self.sets -= 1;
        Ok(())
    }

    /// Counts a field, and says how many lists of an introspection it stands in.
    fn field(&mut self, field: &'d Field, lists: Option<usize>) -> Result<Option<usize>, String> {
        self.count(field.alias.as_ref().map(|alias| alias.node.len()))?;
        self.direct(&field.directives)?;
        self.behind.arguments(&field.arguments, self.weights)?;
        Ok(match (lists, field.name.node.as_str()) {
            (None, "__schema") => {
                self.introspections += 1;
                at_most(MOST_INTROSPECTIONS, self.introspections, "has", "introspections")?;
                Some(0)
            }
            (None, "__type") => {
                self.types += usize::from(!is_of_introspection(field));
                at_most(MOST_TYPES, self.types, "has", "introspections of a type")?;
                Some(0)
            }
            (
                Some(lists),
                "types" | "fields" | "inputFields" | "enumValues" | "interfaces" | "possibleTypes",
            ) => Some(lists + 1),
            (lists, _) => lists,
        })
    }

    /// `alias` is the length of one.
    fn count(&mut self, alias: Option<usize>) -> Result<(), String> {
        self.fields += 1;
        self.aliases += usize::from(alias.is_some());
        let longest = self.limits.max_alias_bytes;
        if alias.is_some_and(|alias| alias > longest) {
            return Err(format!("the document has an alias of more than {longest} bytes"));
        }
        at_most(self.limits.max_fields, self.fields, "selects", "fields")?;
        at_most(self.limits.max_aliases, self.aliases, "has", "aliases")
    }

    fn direct(&mut self, directives: &'d [Positioned<Directive>]) -> Result<(), String> {
        self.directives += directives.len();
        at_most(MOST_DIRECTIVES, self.directives, "has", "directives")?;
        self.behind.directives(directives, self.weights)
    }

    fn nest(&self, depth: usize, lists: Option<usize>) -> Result<(), String> {
        let deepest = if lists.is_some() {
            INTROSPECTION_DEPTH
        } else {
            self.limits.max_depth
        };
        if depth > deepest {
            return Err(format!("the document nests deeper than {deepest} levels"));
        }
        if lists.is_some_and(|lists| lists > INTROSPECTION_LISTS) {
            return Err("the introspection nests lists too deep".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn checked(document: &str) -> Result<(), String> {
        check_with(document, &Variables::default())
    }

    fn check_with(document: &str, variables: &Variables) -> Result<(), String> {
        let document = parse_query(document).expect("a document");
        check(&document, variables, &Limits::default())
    }

    #[test]
    fn what_stands_behind_the_arguments_is_counted_as_often_as_it_is_put_in() {
        let large = |count: usize| Variables::from_json(serde_json::json!({ "x": vec![0; count] }));
        let often = |count: usize| format!("{{ a(b: [{}]) }}", "$x ".repeat(count));
        assert_eq!(check_with(&often(1), &large(120_000)), Ok(()));
        for count in [3, 900] {
            let why = check_with(&often(count), &large(120_000)).expect_err("too heavy");
            assert!(why.ends_with("large variables too often"), "{why}");
        }
        assert_eq!(check_with(&often(900), &large(10)), Ok(()));
        let default = format!("query($x: [Int] = [{}]) {}", "0 ".repeat(5_000), often(100));
        assert!(check_with(&default, &Variables::default()).is_err());
        let spread = |what: &str, count: usize| {
            format!("{{ {} }} fragment f on Query {{ {what} }}", "...f ".repeat(count))
        };
        let arguments = |count: usize| format!("a({})", "b: 1 ".repeat(count));
        for (document, limit) in [
            (often(1_001), "1000 places"),
            (format!("{{ {} }}", arguments(501)), "500 arguments"),
            (spread(&arguments(6), 100), "500 arguments"),
            (
                spread(&format!("a(b: [{}])", "1 ".repeat(1_000)), 100),
                "20000 values",
            ),
            (
                format!("{{ a @skip({}) }}", "if: true ".repeat(501)),
                "500 arguments",
            ),
        ] {
            let why = checked(&document).expect_err(limit);
            assert!(why.ends_with(limit), "{limit}: {why}");
        }
    }

    #[test]
    fn fragments_that_double_each_other_are_refused_before_they_cost_anything() {
        let mut document = (0..30).fold("{ ...f0 ...f0 }".to_owned(), |document, at| {
            document + &format!(" fragment f{at} on Query {{ ...f{0} ...f{0} }}", at + 1)
        });
        document.push_str(" fragment f30 on Query { __typename }");
        assert!(checked(&document).is_err_and(|why| why.contains("fields")));
        assert!(checked("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }").is_err());
    }

    #[test]
    fn tools_may_introspect_and_bombs_may_not() {
        let bomb =
            "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }";
        assert!(checked(bomb).is_err());
        for bomb in [
            "{ __schema { types { fields { type { fields { name } } } } } }",
            "{ __type(name: \"Mutation\") { fields { type { fields { type { fields { name } } } } } } }",
            "{ __schema { types { ...F } } } fragment F on __Type { fields { type { ...F2 } } } fragment F2 on __Type { fields { name } }",
        ] {
            assert!(checked(bomb).is_err_and(|why| why.contains("lists")), "{bomb}");
        }
        assert!(
            checked("{ __schema { types { name fields { name type { ofType { ofType { name } } } } } } }")
                .is_ok()
        );
    }

    #[test]
    fn what_no_operation_reaches_counts_too() {
        let limits = Limits::default();
        let unreached = |selection: &str| format!("{{ a }} fragment f on Query {{ {selection} }}");
        let chain = |length: usize| {
            let link = |document: String, at: usize| {
                document + &format!(" fragment f{at} on Query {{ ...f{} }}", at + 1)
            };
            (0..length).fold("{ a }".to_owned(), link) + &format!(" fragment f{length} on Query {{ a }}")
        };
        let doubling = (0..30).fold("{ a }".to_owned(), |document, at| {
            document + &format!(" fragment f{at} on Query {{ ...f{0} ...f{0} }}", at + 1)
        });
        let many = |text: &str, count: usize| text.repeat(count);
        let operations =
            |count: usize| (0..count).fold(String::new(), |all, at| all + &format!("query q{at} {{ a }} "));
        let variables =
            |count: usize| (0..count).fold(String::new(), |all, at| all + &format!("$v{at}: Int "));
        for (document, limit) in [
            (chain(7_000), "50 fragments"),
            (chain(MOST_FRAGMENTS - 1), "32 levels of fields and fragments"),
            (doubling, "500 fields"),
            (operations(MOST_OPERATIONS + 1), "10 operations"),
            ("{ a: __schema { types { name } } b: __schema { types { name } } c: __schema { types { name } } }".to_owned(), "2 introspections"),
            (format!("{{ {} }}", many("__type(name: \"Query\") { name } ", 11)), "10 introspections of a type"),
            (
                format!("{{ {}: a }}", many("b", limits.max_alias_bytes + 1)),
                "64 bytes",
            ),
            (unreached(&many("a ", limits.max_fields)), "500 fields"),
            (unreached(&many("b: a ", limits.max_aliases + 1)), "50 aliases"),
            (
                unreached(&format!("a {}", many("@skip(if: false) ", MOST_DIRECTIVES + 1))),
                "50 directives",
            ),
            (
                unreached(&many("... @skip(if: false) { a } ", MOST_DIRECTIVES + 1)),
                "50 directives",
            ),
            (
                unreached(&many("...g @skip(if: false) ", MOST_DIRECTIVES + 1)),
                "50 directives",
            ),
            (
                format!("query {}{{ a }}", many("@d ", MOST_DIRECTIVES + 1)),
                "50 directives",
            ),
            (
                format!("query($v: Int {}) {{ a }}", many("@d ", MOST_DIRECTIVES + 1)),
                "50 directives",
            ),
            (
                format!(
                    "{{ a }} fragment f on Query {}{{ a }}",
                    many("@d ", MOST_DIRECTIVES + 1)
                ),
                "50 directives",
            ),
            (
                format!("query({}) {{ a }}", variables(MOST_VARIABLES + 1)),
                "100 variables",
            ),
            (
                unreached(&format!("{}a{}", many("...{", 40), many("}", 40))),
                "32 levels of fields and fragments",
            ),
        ] {
            let why = checked(&document).expect_err(limit);
            assert!(why.ends_with(limit), "{limit}: {why}");
        }
        for document in [
            operations(MOST_OPERATIONS),
            format!("{{ {}: a }}", many("b", limits.max_alias_bytes)),
            unreached(&format!("a {}", many("@d ", MOST_DIRECTIVES))),
            format!("query({}) {{ a }}", variables(MOST_VARIABLES)),
        ] {
            assert_eq!(checked(&document), Ok(()));
        }
    }

    #[test]
    fn tools_may_look_at_what_introspection_has_first() {
        let of =
            |name: &str| format!("{name}: __type(name: \"{name}\") {{ fields {{ name args {{ name }} }} }} ");
        let own: String = ["__Schema", "__Type", "__Directive", "__Field", "__InputValue"]
            .map(of)
            .concat();
        assert_eq!(
            checked(&format!("query PreIntrospectionQuery {{ {own} }}")),
            Ok(())
        );
        assert_eq!(checked(&format!("{{ {} }}", own.repeat(5))), Ok(()));
    }

    #[test]
    fn the_introspection_of_the_usual_tools_passes() {
        let kinds = "kind name ".to_owned() + &"ofType { kind name ".repeat(9) + &"}".repeat(9);
        let document = format!(
            "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} mutationType {{ name kind }} \
             subscriptionType {{ name kind }} types {{ ...FullType }} directives {{ name description isRepeatable \
             locations args(includeDeprecated: true) {{ ...InputValue }} }} }} }} \
             fragment FullType on __Type {{ kind name description specifiedByURL isOneOf fields(includeDeprecated: true) {{ \
             name description args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }} isDeprecated \
             deprecationReason }} inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }} \
             enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} \
             possibleTypes {{ ...TypeRef }} }} \
             fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue isDeprecated \
             deprecationReason }} fragment TypeRef on __Type {{ {kinds} }}"
        );
        assert_eq!(checked(&document), Ok(()));
    }
}
