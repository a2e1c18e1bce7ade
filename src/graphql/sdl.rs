//! The printed schema as one kind of viewer sees it: what its view does not show is left out of the text.

use super::views::View;

/// A definition: its head line with what stands above it, and its members.
struct Definition {
    name: String,
    above: Vec<String>,
    head: String,
    members: Vec<Member>,
    closed: bool,
}

/// A member of a definition, with the lines that describe it.
struct Member {
    name: String,
    lines: Vec<String>,
}

/// The definitions of a schema, as far as a view shows them.
#[must_use]
pub fn as_seen(whole: &str, view: &View) -> String {
    let mut definitions = read(whole);
    definitions.retain(|definition| definition.is_frame() || view.has(&definition.name));
    for definition in &mut definitions {
        let owner = definition.name.clone();
        if definition.is_frame() {
            // The roots, each with its type.
            definition.members.retain(|root| {
                root.lines
                    .iter()
                    .all(|line| words(line).skip(1).all(|of| view.has(of)))
            });
            continue;
        }
        definition
            .members
            .retain(|member| view.shows(&owner, &member.name));
        for member in &mut definition.members {
            member.keep_arguments(|field, argument| view.shows(&owner, &format!("{field}({argument})")));
        }
    }
    definitions
        .iter()
        .map(Definition::text)
        .collect::<Vec<_>>()
        .join("\n")
}

impl Definition {
    /// Whether it is no type: a directive, or the list of the roots.
    fn is_frame(&self) -> bool {
        self.name == "schema" || self.head.starts_with("directive")
    }

    fn text(&self) -> String {
        let mut lines = self.above.clone();
        lines.push(self.head.clone());
        if self.closed {
            lines.extend(self.members.iter().flat_map(|member| member.lines.clone()));
            lines.push("}".to_owned());
        }
        lines.join("\n") + "\n"
    }
}

impl Member {
    /// Leaves out arguments, each with what describes it. They stand on lines of their own between parentheses.
    fn keep_arguments(&mut self, keeps: impl Fn(&str, &str) -> bool) {
        let closes = |line: &String| line.trim_start().starts_with(')');
        let opened = self.lines.iter().position(|line| line.ends_with('('));
        let (Some(opened), Some(closed)) = (opened, self.lines.iter().position(closes)) else {
            return;
        };
        let mut kept: Vec<String> = Vec::new();
        let mut gathered: Vec<String> = Vec::new();
        let mut described = false;
        for line in &self.lines[opened + 1..closed] {
            gathered.push(line.clone());
            let text = line.trim_start();
            described ^= text == "\"\"\"";
            if described || text.starts_with('"') {
                continue;
            }
            let argument = words(text).next().unwrap_or_default();
            let whole = std::mem::take(&mut gathered);
            if keeps(&self.name, argument) {
                kept.extend(whole);
            }
        }
        let end = self.lines.split_off(closed);
        if kept.is_empty() {
            let head = self.lines[opened].trim_end_matches('(').to_owned();
            let tail = end.concat().trim_start().trim_start_matches(')').to_owned();
            self.lines.truncate(opened);
            self.lines.push(head + &tail);
            return;
        }
        if let Some(last) = kept.last_mut() {
            *last = last.trim_end_matches(',').to_owned();
        }
        self.lines.truncate(opened + 1);
        self.lines.extend(kept);
        self.lines.extend(end);
    }
}

/// The names in a line, outside of descriptions.
fn words(line: &str) -> impl Iterator<Item = &str> {
    // Quoted text stands at the odd places between quotation marks.
    let unquoted = line.split('"').step_by(2);
    unquoted
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
        .filter(|word| !word.is_empty())
}

fn read(whole: &str) -> Vec<Definition> {
    let mut definitions = Vec::new();
    let mut above = Vec::new();
    let mut lines = whole.lines();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        if line.starts_with('"') {
            above.push(line.to_owned());
            // A description of several lines ends with a line of its own.
            if line == "\"\"\"" {
                above.extend(
                    lines
                        .by_ref()
                        .take_while(|line| *line != "\"\"\"")
                        .map(str::to_owned),
                );
                above.push("\"\"\"".to_owned());
            }
            continue;
        }
        let mut head = words(line);
        let first = head.next().unwrap_or_default();
        let name = if first == "schema" {
            first
        } else {
            head.next().unwrap_or_default()
        };
        let closed = line.ends_with('{');
        let members = if closed {
            read_members(&mut lines)
        } else {
            Vec::new()
        };
        definitions.push(Definition {
            name: name.to_owned(),
            above: std::mem::take(&mut above),
            head: line.to_owned(),
            members,
            closed,
        });
    }
    definitions
}

fn read_members<'l>(lines: &mut impl Iterator<Item = &'l str>) -> Vec<Member> {
    let mut members = Vec::new();
    let mut gathered: Vec<String> = Vec::new();
    let mut described = false;
    let mut name = String::new();
    for line in lines {
        if line == "}" {
            break;
        }
        gathered.push(line.to_owned());
        let text = line.trim_start();
        if text == "\"\"\"" {
            described = !described;
            continue;
        }
        if described || text.starts_with('"') {
            continue;
        }
        if name.is_empty() {
            words(text).next().unwrap_or_default().clone_into(&mut name);
        }
        // Arguments with descriptions stand on lines of their own, up to the closing parenthesis.
        let whole = gathered.join(" ");
        let unquoted: String = whole.split('"').step_by(2).collect();
        if unquoted.matches('(').count() > unquoted.matches(')').count() {
            continue;
        }
        members.push(Member {
            name: std::mem::take(&mut name),
            lines: std::mem::take(&mut gathered),
        });
    }
    members
}
