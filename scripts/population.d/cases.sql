-- Closed cases with what figures of persons follow from. fill.py says what moment, day, new_id and the braces stand for.

-- Chance: a number of 31 bits for each case by its own number and the seed, and draws from it that know nothing of each other.
CREATE TEMP TABLE numbers AS
WITH RECURSIVE counted (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {cases}
), once AS (
    SELECT CAST(n AS bigint) AS n, (CAST(n AS bigint) * 48271 + CAST({seed} AS bigint) * 69621 + 1234567) % 2147483647 AS x FROM counted
), twice AS (
    SELECT n, (x * (x % 65521 + 1) + x / 7919) % 2147483647 AS x FROM once
)
SELECT n, (x * (x % 32749 + 3) + 1) % 2147483647 AS x FROM twice;

CREATE TEMP TABLE draws AS
SELECT n,
    x * 1103515245 % 2147483647 % {departure_days} AS departure_day,
    x * 1403580 % 2147483647 % 100 AS host,
    x * 16807007 % 2147483647 % 101 AS origin,
    x * 742938285 % 2147483647 % 100 AS status,
    x * 950706376 % 2147483647 % 100 AS size,
    x * 1226874159 % 2147483647 % 1000 AS age,
    x * 62089911 % 2147483647 % 1000 AS sex,
    x * 1343714438 % 2147483647 % 100 AS counselling,
    x * 630360016 % 2147483647 % 1000 AS package,
    x * 397204094 % 2147483647 % 1000 AS survey,
    x * 1583458089 % 2147483647 AS answers,
    x * 784588716 % 2147483647 % 100 AS funding,
    x * 2082007225 % 2147483647 AS other
FROM numbers;

-- Where they were hosted, with how many of a hundred cases, and where they went home to: the shares of the demo.
CREATE TEMP TABLE hosts (territory text, mission text, prefix text, low integer, high integer);
INSERT INTO hosts VALUES
    ('SRB', 'iom-belgrade', 'RS', 0, 26), ('XKX', 'iom-pristina', 'XK', 26, 37), ('BIH', 'iom-sarajevo', 'BA', 37, 66),
    ('MKD', 'iom-skopje', 'MK', 66, 78), ('MNE', 'iom-podgorica', 'ME', 78, 87), ('ALB', 'iom-tirana', 'AL', 87, 100);
CREATE TEMP TABLE origins (state text, mission text, city text, language text, low integer, high integer);
INSERT INTO origins VALUES
    ('IRQ', 'iom-baghdad', 'Baghdad', 'ar', 0, 18), ('AFG', 'iom-kabul', 'Kabul', 'fa-AF', 18, 35),
    ('PAK', 'iom-islamabad', 'Lahore', 'ur', 35, 52), ('DZA', 'iom-algiers', 'Algiers', 'ar', 52, 65),
    ('TUN', 'iom-tunis', 'Tunis', 'ar', 65, 73), ('BGD', 'iom-dhaka', 'Dhaka', 'bn', 73, 83),
    ('IND', 'iom-new-delhi', 'New Delhi', 'hi', 83, 88), ('IRN', 'iom-tehran', 'Tehran', 'fa', 88, 97),
    ('TUR', 'iom-istanbul', 'Istanbul', 'tr', 97, 101);

INSERT INTO projects (id, code, name, donor, starts_on, ends_on, budget_minor, currency, version, created_at, reporting_months)
SELECT new_id(8, starts, nr), 'POPULATION-' || nr, 'Project ' || nr || ' of the made-up population', 'Nobody', day(starts), day(ends), 0, 'EUR', 1,
    moment(starts), 12
FROM (
    SELECT CAST(1 AS bigint) AS nr, CAST({begin} AS bigint) AS starts, CAST({second} AS bigint) - 86400 AS ends
    UNION ALL SELECT 2, {second}, {third} - 86400
    UNION ALL SELECT 3, {third}, {end}
) AS three;
INSERT INTO project_missions (project_id, organisation_id)
SELECT projects.id, organisations.id FROM projects CROSS JOIN organisations
WHERE projects.code LIKE 'POPULATION-%' AND organisations.code IN (SELECT mission FROM hosts UNION SELECT mission FROM origins);

-- The cases with their moments, in seconds: departed between six and eighteen o'clock, opened 21 to 59 days before.
CREATE TEMP TABLE made AS
SELECT timed.*, new_id(1, opened, n) AS case_id, hosts.territory, hosts.prefix, origins.state, origins.city, origins.language,
    (SELECT id FROM organisations WHERE code = hosts.mission) AS sending,
    (SELECT id FROM organisations WHERE code = origins.mission) AS receiving,
    CASE WHEN funding >= 5 THEN (
        SELECT id FROM projects WHERE code = CASE WHEN departed < {second} THEN 'POPULATION-1' WHEN departed < {third} THEN 'POPULATION-2' ELSE 'POPULATION-3' END
    ) END AS project
FROM (
    SELECT draws.*, {first_departure} + departure_day * 86400 + 21600 + other % 43200 AS departed,
        {first_departure} + departure_day * 86400 - (21 + other / 43200 % 39) * 86400 + 36000 + other % 7200 AS opened
    FROM draws
) AS timed
JOIN hosts ON host >= hosts.low AND host < hosts.high
JOIN origins ON origin >= origins.low AND origin < origins.high;

INSERT INTO families (id, opened_at) SELECT case_id, moment(opened) FROM made ORDER BY n;
INSERT INTO cases (id, reference, sending_mission_id, receiving_mission_id, host_territory, country_of_return, destination_city,
    state, return_mode, legal_status, application_signed_at, voluntariness_recorded_at, declaration_signed_at, opened_at,
    registered_at, departed_at, arrived_at, ended_at, version, intake_channel, vulnerability_assessed_at, family_id,
    funding_project_id)
SELECT case_id, prefix || '-S' || n, sending, receiving, territory, state, city, 'CLOSED', 'ASSISTED_VOLUNTARY',
    CASE WHEN status < 34 THEN 'IRREGULAR' WHEN status < 58 THEN 'ASYLUM_REJECTED' WHEN status < 73 THEN 'ASYLUM_PENDING'
        WHEN status < 87 THEN 'ASYLUM_WITHDRAWN' WHEN status < 97 THEN 'STRANDED' ELSE 'REGULAR' END,
    moment(opened), moment(opened), moment(departed - 3600), moment(opened), moment(opened), moment(departed),
    moment(departed + 36000), moment(departed + 5097600), 1, 'SELF', moment(opened + 86400), case_id, project
FROM made ORDER BY n;

-- One person for 92 cases of a hundred; else a family of two, three or four: 1.13 for a case.
CREATE TEMP TABLE people AS
SELECT placed.*, new_id(2, opened, n * 8 + place) AS person_id,
    CASE
        WHEN place = 0 AND age < 15 AND size < 92 THEN 13 + chance % 5
        WHEN place = 0 AND age >= 965 THEN 60 + chance % 20
        WHEN place = 0 OR place = 1 AND size < 97 THEN 18 + chance % 42
        ELSE chance % 18
    END AS years,
    CASE
        WHEN place = 0 AND sex < 780 THEN 'M' WHEN place = 0 THEN 'F'
        WHEN place = 1 AND sex < 780 THEN 'F' WHEN place = 1 THEN 'M'
        WHEN chance / 64 % 2 = 0 THEN 'F' ELSE 'M'
    END AS is_sex
FROM (
    SELECT made.*, place, (other / 11 + place * 7919 + n % 104729 * 31) % 1048573 AS chance
    FROM made
    JOIN (SELECT 0 AS place UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS places
        ON place = 0 OR place = 1 AND size >= 92 OR place = 2 AND size >= 96 OR place = 3 AND size >= 99
) AS placed;

INSERT INTO persons (id, case_id, position, head_of_household, family_name, given_names, date_of_birth, sex, nationality, language,
    version)
SELECT person_id, case_id, place, place = 0, 'Synthetic', 'Person ' || n || '.' || place,
    day(departed - years * 31557600 - chance % 365 * 86400), is_sex,
    CASE WHEN funding = 50 THEN 'SYR' WHEN funding = 51 THEN 'EGY' ELSE state END, language, 1
FROM people ORDER BY n, place;

INSERT INTO vulnerability_assessments (id, case_id, person_id, categories, needs, assessed_on)
SELECT new_id(7, opened + 86400, n * 8 + place), case_id, person_id,
    CASE
        WHEN place = 0 AND years < 18 THEN '["UNACCOMPANIED_CHILD"]'
        WHEN years >= 60 AND chance % 2 = 0 THEN '["AGED"]'
        WHEN chance % 1000 < 60 THEN '["MEDICAL_NEEDS"]'
        WHEN chance % 1000 < 87 THEN '["VICTIM_OF_VIOLENCE"]'
        WHEN chance % 1000 < 110 AND years >= 18 THEN '["SINGLE_PARENT"]'
        WHEN chance % 1000 < 131 THEN '["DISABILITY"]'
        WHEN chance % 1000 < 142 THEN '["MEDICAL_NEEDS","VICTIM_OF_VIOLENCE"]'
        WHEN chance % 1000 < 172 AND is_sex = 'F' AND years BETWEEN 18 AND 44 THEN '["PREGNANT"]'
        WHEN chance % 1000 BETWEEN 172 AND 174 THEN '["VICTIM_OF_TRAFFICKING"]'
        ELSE '[]'
    END,
    '[]', day(opened + 86400)
FROM people ORDER BY n, place;

INSERT INTO counselling_sessions (id, case_id, kind, mode, language, understood, interpreter, held_on, cultural_mediator)
SELECT new_id(3, opened, n * 2), case_id, 'RETURN', CASE WHEN other % 5 = 0 THEN 'VIRTUAL' ELSE 'IN_PERSON' END, language, TRUE,
    other % 3 = 0, day(opened + 172800), FALSE
FROM made WHERE counselling < 80 ORDER BY n;
INSERT INTO counselling_sessions (id, case_id, kind, mode, language, understood, interpreter, held_on, cultural_mediator)
SELECT new_id(3, opened, n * 2 + 1), case_id, 'REINTEGRATION', 'IN_PERSON', language, TRUE, other % 3 = 0, day(opened + 864000), FALSE
FROM made WHERE package < 70 ORDER BY n;

-- For a fifth of the cases a package of two or three things, delivered 20 to 49 days after the departure.
INSERT INTO reintegration_packages (id, case_id, person_id, state, ceiling_minor, currency, plan, proposed_at, ended_at, version,
    cash_allowed, revision, agreed_at, funding_project_id)
SELECT new_id(4, departed + 172800, n), case_id, new_id(2, opened, n * 8), 'CLOSED', 250000, 'EUR', 'A small trade of their own.', moment(departed + 172800),
    moment(departed + 4924800), 1, TRUE, 1, moment(departed + 345600), project
FROM made WHERE package < 200 ORDER BY n;
INSERT INTO package_items (id, reintegration_package_id, case_id, position, category, modality, description, amount_minor, state,
    exceptional, delivered_at, delivered_by, receipt_reference, receipt_verified_at)
SELECT new_id(5, departed + 172800, n * 4 + place), new_id(4, departed + 172800, n), case_id, place,
    CASE place WHEN 0 THEN 'INCOME_GENERATION' WHEN 1 THEN 'HOUSING' ELSE 'HEALTH' END,
    CASE place WHEN 0 THEN 'IN_KIND' ELSE 'REIMBURSEMENT' END,
    CASE place WHEN 0 THEN 'Set of tools' WHEN 1 THEN 'Rent for two months' ELSE 'Treatment' END,
    48000, 'RECEIPT_VERIFIED', FALSE, moment(departed + 1728000 + other % 29 * 86400 + place * 3600), 'clerk', 'S-' || n || '-' || place,
    moment(departed + 1728000 + other % 29 * 86400 + place * 3600 + 86400)
FROM made JOIN (SELECT 0 AS place UNION ALL SELECT 1 UNION ALL SELECT 2) AS places ON place < 2 OR other % 2 = 0
WHERE package < 200 ORDER BY n, place;

-- Fifteen of a hundred heads of household were asked after the return; one in eight of them declined.
INSERT INTO survey_responses (id, case_id, person_id, instrument, instrument_version, round, outcome, held_on, mode, language, answers,
    recorded_at, state, recorded_by)
SELECT new_id(6, departed + 864000, n), case_id, new_id(2, opened, n * 8), 'AVR_PMS', '1', 1,
    CASE WHEN survey < 131 THEN 'SUBMITTED' ELSE 'DECLINED' END, day(departed + 864000 + other % 15 * 86400), 'PHONE', language,
    CASE WHEN survey < 131 THEN
        '{"HEARD_THROUGH":"' || CASE WHEN answers % 100 < 50 THEN 'MOBILE_TEAM' WHEN answers % 100 < 80 THEN 'SOCIAL_MEDIA,HOTLINE' WHEN answers % 100 < 97 THEN 'FRIENDS_OR_FAMILY' ELSE 'NO_ANSWER' END
        || '","INFORMATION_SUFFICIENT":"' || CASE WHEN answers / 100 % 100 < 85 THEN 'YES' WHEN answers / 100 % 100 < 97 THEN 'NO' ELSE 'NO_ANSWER' END
        || '","LOGISTICS_SATISFACTION":"' || CASE WHEN answers / 300 % 100 < 40 THEN 'VERY_SATISFIED' WHEN answers / 300 % 100 < 86 THEN 'SATISFIED' WHEN answers / 300 % 100 < 95 THEN 'NEUTRAL' ELSE 'DISSATISFIED' END
        || '","ORGANISED_AND_DIGNIFIED":"' || CASE WHEN answers / 700 % 100 < 88 THEN 'YES' WHEN answers / 700 % 100 < 98 THEN 'NO' ELSE 'NO_ANSWER' END
        || '","PRE_DEPARTURE_INFORMATION_CLEAR":"' || CASE WHEN answers / 1100 % 100 < 83 THEN 'YES' WHEN answers / 1100 % 100 < 97 THEN 'NO' ELSE 'NO_ANSWER' END
        || CASE WHEN answers / 1300 % 100 < 82 THEN '","SAFE_RETURN":"YES"}' ELSE '","SAFE_RETURN":"NO"}' END
    ELSE '{}' END,
    moment(departed + 864000 + other % 15 * 86400), CASE WHEN survey < 131 THEN 'SUBMITTED' ELSE 'DECLINED' END, 'clerk'
FROM made WHERE survey < 150 ORDER BY n;

DROP TABLE people;
DROP TABLE made;
DROP TABLE origins;
DROP TABLE hosts;
DROP TABLE draws;
DROP TABLE numbers;
