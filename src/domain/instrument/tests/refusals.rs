//! Every way in which a table is refused, and what is said of it.

use super::*;

/// Two questions for each dimension, the last of them not scored.
const TABLE: &str = r#"{
  "instrument": "RSS", "version": "2", "status": "OFFICIAL", "source": "Made for tests", "leastAnswered": "0.8",
  "questions": [
    { "code": "FOOD", "topic": "Food", "dimension": "ECONOMIC", "dimensionWeight": "0.4", "compositeWeight": "0.2",
      "answers": { "YES": "1", "NO": "0", "NO_ANSWER": null } },
    { "code": "DEBT", "topic": "Debt", "dimension": "ECONOMIC", "dimensionWeight": "0.6", "compositeWeight": "0.1",
      "answers": { "NONE": "1", "SOME": "0.5", "MUCH": "0" } },
    { "code": "HOUSE", "topic": "House", "dimension": "SOCIAL", "dimensionWeight": "1", "compositeWeight": "0.3",
      "answers": { "YES": "1", "NO": "0" } },
    { "code": "SAFE", "topic": "Safety", "dimension": "PSYCHOSOCIAL", "dimensionWeight": "1", "compositeWeight": "0.4",
      "answers": { "YES": "1", "NO": "0" } },
    { "code": "HEARD", "topic": "Heard", "several": true, "answers": { "A": null, "B": null } }
  ]
}"#;

/// What is said of the table with one passage changed.
fn with(passage: &str, changed: &str) -> String {
    let text = TABLE.replacen(passage, changed, 1);
    assert_ne!(text, TABLE, "nothing changed");
    parse(&text).unwrap_err().to_string()
}

#[test]
fn the_table_itself_is_accepted() {
    let version = parse(TABLE).unwrap();
    assert_eq!(version.questions.len(), 5);
    assert_eq!(version.least_answered, Billionths::new(800_000_000));
    assert_eq!(version.question("HEARD").unwrap().dimension, None);
}

#[test]
fn four_fifths_have_to_be_answered_where_nothing_else_is_said() {
    let version = parse(&TABLE.replace(", \"leastAnswered\": \"0.8\"", "")).unwrap();
    assert_eq!(version.least_answered, Billionths::new(800_000_000));
}

#[test]
fn a_table_of_another_form_is_refused_with_its_line() {
    for (passage, changed, said) in [
        (
            "\"topic\": \"Food\"",
            "\"topics\": \"Food\"",
            "unknown field `topics`, expected one of",
        ),
        ("\"version\"", "\"versions\"", "unknown field `versions`"),
        ("\"source\": \"Made for tests\", ", "", "missing field `source`"),
        (
            "\"RSS\"",
            "\"RSSS\"",
            "unknown variant `RSSS`, expected one of `AVR_PMS`, `RSS`, `RASS`",
        ),
        (
            "\"OFFICIAL\"",
            "\"FINAL\"",
            "unknown variant `FINAL`, expected `PROVISIONAL` or `OFFICIAL`",
        ),
        ("\"ECONOMIC\"", "\"FINANCIAL\"", "unknown variant `FINANCIAL`"),
        (
            "\"topic\": \"Food\"",
            "\"code\": \"FOOD\"",
            "duplicate field `code`",
        ),
        (
            "\"0.4\"",
            "0.4",
            "invalid type: floating point `0.4`, expected a string",
        ),
        (
            "{ \"YES\": \"1\"",
            "[ \"YES\"",
            "expected answers with their values, such as { \"YES\": \"1\"",
        ),
        ("\"version\"", "version", "key must be a string"),
    ] {
        let refusal = with(passage, changed);
        assert!(refusal.starts_with("the table cannot be read: "), "{refusal}");
        assert!(refusal.contains(said), "{refusal}");
        assert!(refusal.contains(" at line "), "{refusal}");
    }
}

#[test]
fn a_version_without_a_name_a_source_or_questions_is_refused() {
    let said = with("\"version\": \"2\"", "\"version\": \" \"");
    assert_eq!(
        said,
        "version is blank: name the version, and say where the table comes from"
    );
    let said = with("Made for tests", "");
    assert_eq!(
        said,
        "source is blank: name the version, and say where the table comes from"
    );
    let none =
        r#"{ "instrument": "RSS", "version": "2", "status": "OFFICIAL", "source": "S", "questions": [] }"#;
    let said = parse(none).unwrap_err().to_string();
    assert_eq!(said, "there are no questions: list them under \"questions\"");
}

#[test]
fn the_least_share_is_above_nought_and_up_to_one() {
    let everything = TABLE.replacen("\"leastAnswered\": \"0.8\"", "\"leastAnswered\": \"1\"", 1);
    assert_eq!(parse(&everything).unwrap().least_answered, Billionths::ONE);
    for share in ["0", "1.000000001", "-0.8", "80%", ""] {
        let said = with(
            "\"leastAnswered\": \"0.8\"",
            &format!("\"leastAnswered\": \"{share}\""),
        );
        let expected = "write a decimal above 0 and up to 1, such as \"0.8\"";
        assert_eq!(said, format!("leastAnswered is {share:?}: {expected}"));
    }
}

#[test]
fn a_wrong_question_is_named_with_what_is_wrong_and_what_to_do() {
    for (passage, changed, said) in [
        (
            "\"FOOD\"",
            "\"Food\"",
            "question \"Food\": \"Food\" is no code: use A to Z, 0 to 9 and _ alone",
        ),
        (
            "\"FOOD\"",
            "\"\"",
            "question \"\": \"\" is no code: use A to Z, 0 to 9 and _ alone",
        ),
        (
            "\"NO\"",
            "\"N,O\"",
            "question \"FOOD\": \"N,O\" is no code: use A to Z, 0 to 9 and _ alone",
        ),
        (
            "\"DEBT\"",
            "\"FOOD\"",
            "question \"FOOD\": it is listed twice: keep one, or give the other a code of its own",
        ),
        (
            "\"Debt\"",
            "\"\"",
            "question \"DEBT\": its topic is blank: say what it asks about",
        ),
        (
            "{ \"A\": null, \"B\": null }",
            "{}",
            "question \"HEARD\": it takes no answers: list them under \"answers\"",
        ),
        (
            "\"SOME\"",
            "\"NONE\"",
            "question \"DEBT\": the answer NONE is listed twice: keep one",
        ),
        (
            "\"0.5\"",
            "\"half\"",
            "question \"DEBT\": SOME is \"half\": write a decimal with at most nine places, such as \"0.25\"",
        ),
        (
            "\"0.4\"",
            "\"0.3333333333\"",
            "question \"FOOD\": dimensionWeight is \"0.3333333333\": write a decimal with at most nine places, such \
             as \"0.25\"",
        ),
        (
            "\"0.5\"",
            "\"1.5\"",
            "question \"DEBT\": the answer SOME is worth 1.5: write a value from 0 to 1, or null where it counts as \
             none",
        ),
        (
            "\"0.5\"",
            "\"-0.5\"",
            "question \"DEBT\": the answer SOME is worth -0.5: write a value from 0 to 1, or null where it counts as \
             none",
        ),
    ] {
        assert_eq!(with(passage, changed), said);
    }
}

#[test]
fn values_reach_from_nought_to_one_and_dimension_and_weights_stand_together() {
    for (passage, changed, said) in [
        (
            "\"MUCH\": \"0\"",
            "\"MUCH\": \"0.1\"",
            "question \"DEBT\": no answer is worth 0: stretch the values so that the worst is 0 and the best is 1",
        ),
        (
            "\"NONE\": \"1\"",
            "\"NONE\": null",
            "question \"DEBT\": no answer is worth 1: stretch the values so that the worst is 0 and the best is 1",
        ),
        (
            "\"A\": null",
            "\"A\": \"1\"",
            "question \"HEARD\": no answer is worth 0: stretch the values so that the worst is 0 and the best is 1",
        ),
        (
            ", \"dimensionWeight\": \"0.4\"",
            "",
            "question \"FOOD\": dimensionWeight is missing: give dimension, dimensionWeight and compositeWeight, or \
             none of them",
        ),
        (
            "\"topic\": \"Heard\"",
            "\"topic\": \"Heard\", \"compositeWeight\": \"0\"",
            "question \"HEARD\": dimension is missing: give dimension, dimensionWeight and compositeWeight, or none \
             of them",
        ),
        (
            "\"0.4\"",
            "\"-0.4\"",
            "question \"FOOD\": dimensionWeight is -0.4: a weight is 0 or more",
        ),
        (
            "\"0.2\"",
            "\"-0.2\"",
            "question \"FOOD\": compositeWeight is -0.2: a weight is 0 or more",
        ),
        (
            "\"topic\": \"Food\"",
            "\"topic\": \"Food\", \"several\": true",
            "question \"FOOD\": it is scored and takes several answers: ask each as a question of its own",
        ),
    ] {
        assert_eq!(with(passage, changed), said);
    }
}

#[test]
fn weights_that_do_not_add_up_are_refused() {
    for (passage, changed, said) in [
        (
            "\"dimension\": \"SOCIAL\"",
            "\"dimension\": \"ECONOMIC\"",
            "the dimension weights of ECONOMIC add up to 2: correct them so that they add up to 1",
        ),
        (
            "\"dimension\": \"SOCIAL\", \"dimensionWeight\": \"1\", \"compositeWeight\": \"0.3\",",
            "",
            "no question is scored for the dimension SOCIAL: an RSS scores all three",
        ),
        (
            "\"0.4\"",
            "\"0.399999997\"",
            "the dimension weights of ECONOMIC add up to 0.999999997: correct them so that they add up to 1",
        ),
        (
            "\"0.2\"",
            "\"0.25\"",
            "the composite weights add up to 1.05: correct them so that they add up to 1",
        ),
    ] {
        assert_eq!(with(passage, changed), said);
    }
}

#[test]
fn a_billionth_for_each_question_is_forgiven() {
    let thirds = TABLE.replacen("\"0.4\"", "\"0.399999998\"", 1);
    assert!(parse(&thirds).is_ok());
    let overall = TABLE.replacen("\"0.2\"", "\"0.200000004\"", 1);
    assert!(parse(&overall).is_ok());
    let said = with("\"0.2\"", "\"0.200000005\"");
    assert!(
        said.starts_with("the composite weights add up to 1.000000005"),
        "{said}"
    );
}

#[test]
fn an_instrument_that_gives_no_scores_has_neither_dimensions_nor_weights() {
    let said = with("\"RSS\"", "\"RASS\"");
    assert_eq!(
        said,
        "leastAnswered is given for RASS, which gives no scores: leave it out"
    );
    let unscored =
        TABLE
            .replacen("\"RSS\"", "\"AVR_PMS\"", 1)
            .replacen(", \"leastAnswered\": \"0.8\"", "", 1);
    let said = parse(&unscored).unwrap_err().to_string();
    assert_eq!(
        said,
        "question \"FOOD\": dimension is given for AVR_PMS, which gives no scores: leave it out"
    );
}

#[test]
fn the_cause_of_a_refusal_is_kept() {
    let refusal = parse("{").unwrap_err();
    assert!(std::error::Error::source(&refusal).is_some());
}
