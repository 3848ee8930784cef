CREATE TABLE criteria_tables (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    tree TEXT NOT NULL,
    digest TEXT DEFAULT '' NOT NULL,
    state TEXT NOT NULL,
    base TEXT,
    base_digest TEXT,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_criteria_tables PRIMARY KEY (id, version)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE operations (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    period TEXT,
    parameters TEXT NOT NULL,
    undoes INTEGER,
    redoes INTEGER,
    barrier INTEGER NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT,
    CONSTRAINT pk_operations PRIMARY KEY (id)
)
 STRICT
--
CREATE TABLE periods (
    id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    state TEXT NOT NULL,
    ranking_round TEXT,
    CONSTRAINT pk_periods PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE settings (
    "key" TEXT NOT NULL,
    value TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY ("key")
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE changes (
    id INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    CONSTRAINT pk_changes PRIMARY KEY (id),
    CONSTRAINT fk_changes_operation FOREIGN KEY(operation) REFERENCES operations (id)
)
 STRICT
--
CREATE INDEX ix_changes_operation ON changes (operation)
--
CREATE TABLE clusters (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    block TEXT,
    CONSTRAINT pk_clusters PRIMARY KEY (period, id),
    CONSTRAINT fk_clusters_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE current_operation (
    operation INTEGER NOT NULL,
    CONSTRAINT pk_current_operation PRIMARY KEY (operation),
    CONSTRAINT fk_current_operation_operation FOREIGN KEY(operation) REFERENCES operations (id)
)
 STRICT
--
CREATE TABLE deadlines (
    period TEXT NOT NULL,
    duty TEXT NOT NULL,
    cluster TEXT NOT NULL,
    due TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_deadlines PRIMARY KEY (period, duty, cluster),
    CONSTRAINT fk_deadlines_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE decisions (
    period TEXT NOT NULL,
    question TEXT NOT NULL,
    outcome TEXT DEFAULT '' NOT NULL,
    "by" TEXT DEFAULT '' NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_decisions PRIMARY KEY (period, question),
    CONSTRAINT fk_decisions_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE evidence (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    date TEXT,
    issuer TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    sha256 TEXT,
    file_name TEXT,
    file_size INTEGER,
    CONSTRAINT pk_evidence PRIMARY KEY (period, id),
    CONSTRAINT fk_evidence_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE papers (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    date TEXT,
    digest TEXT DEFAULT '' NOT NULL,
    unit TEXT,
    cluster TEXT,
    CONSTRAINT pk_papers PRIMARY KEY (period, id),
    CONSTRAINT fk_papers_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE parameter_choices (
    period TEXT NOT NULL,
    parameter TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_parameter_choices PRIMARY KEY (period, parameter),
    CONSTRAINT fk_parameter_choices_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE pinned_tables (
    period TEXT NOT NULL,
    place INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_pinned_tables PRIMARY KEY (period, place),
    CONSTRAINT fk_pinned_tables_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_pinned_tables_table FOREIGN KEY("table", version) REFERENCES criteria_tables (id, version)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE quotas (
    period TEXT NOT NULL,
    award TEXT NOT NULL,
    cluster TEXT NOT NULL,
    count INTEGER,
    percent TEXT,
    base INTEGER,
    CONSTRAINT pk_quotas PRIMARY KEY (period, award, cluster),
    CONSTRAINT fk_quotas_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE ballots (
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    award TEXT,
    form TEXT NOT NULL,
    vote INTEGER NOT NULL,
    votes TEXT NOT NULL,
    against TEXT NOT NULL,
    written TEXT NOT NULL,
    written_against TEXT NOT NULL,
    members INTEGER,
    present INTEGER,
    issued INTEGER,
    returned INTEGER,
    valid INTEGER,
    invalid INTEGER,
    blank INTEGER,
    written_returned INTEGER,
    cluster TEXT,
    CONSTRAINT pk_ballots PRIMARY KEY (period, number),
    CONSTRAINT fk_ballots_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_ballots_period FOREIGN KEY(period, cluster) REFERENCES clusters (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE conferences (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    date TEXT,
    place TEXT DEFAULT '' NOT NULL,
    cluster TEXT,
    chair TEXT DEFAULT '' NOT NULL,
    secretary TEXT DEFAULT '' NOT NULL,
    attendants TEXT NOT NULL,
    CONSTRAINT pk_conferences PRIMARY KEY (period, id),
    CONSTRAINT fk_conferences_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_conferences_period FOREIGN KEY(period, cluster) REFERENCES clusters (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE units (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    cluster TEXT NOT NULL,
    roles TEXT NOT NULL,
    joined TEXT,
    "left" TEXT,
    attributes TEXT NOT NULL,
    CONSTRAINT pk_units PRIMARY KEY (period, id),
    CONSTRAINT fk_units_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_units_period FOREIGN KEY(period, cluster) REFERENCES clusters (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE awards (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT NOT NULL,
    award TEXT NOT NULL,
    stage TEXT NOT NULL,
    year TEXT DEFAULT '' NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    date TEXT,
    issuer TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_awards PRIMARY KEY (period, id),
    CONSTRAINT fk_awards_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_awards_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE bonus (
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    unit TEXT NOT NULL,
    item TEXT NOT NULL,
    count INTEGER NOT NULL,
    points TEXT,
    figures TEXT NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_bonus PRIMARY KEY (period, number),
    CONSTRAINT fk_bonus_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_bonus_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE conditions (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    condition TEXT NOT NULL,
    met INTEGER NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_conditions PRIMARY KEY (period, unit, condition),
    CONSTRAINT fk_conditions_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_conditions_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE deadline_exceptions (
    period TEXT NOT NULL,
    duty TEXT NOT NULL,
    unit TEXT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    granted_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_deadline_exceptions PRIMARY KEY (period, duty, unit),
    CONSTRAINT fk_deadline_exceptions_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_deadline_exceptions_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE deductions (
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    unit TEXT NOT NULL,
    item TEXT NOT NULL,
    count INTEGER NOT NULL,
    points TEXT,
    figures TEXT NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_deductions PRIMARY KEY (period, number),
    CONSTRAINT fk_deductions_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_deductions_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE entries (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    criterion TEXT NOT NULL,
    round TEXT NOT NULL,
    pack TEXT NOT NULL,
    state TEXT NOT NULL,
    figures TEXT NOT NULL,
    points TEXT,
    reason TEXT DEFAULT '' NOT NULL,
    evidence INTEGER,
    entered_by TEXT DEFAULT '' NOT NULL,
    entered_at TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_entries PRIMARY KEY (period, unit, criterion, round, pack),
    CONSTRAINT fk_entries_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_entries_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE evidence_links (
    period TEXT NOT NULL,
    evidence TEXT NOT NULL,
    unit TEXT NOT NULL,
    criterion TEXT NOT NULL,
    round TEXT NOT NULL,
    CONSTRAINT pk_evidence_links PRIMARY KEY (period, evidence, unit, criterion, round),
    CONSTRAINT fk_evidence_links_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_evidence_links_period FOREIGN KEY(period, unit) REFERENCES units (period, id),
    CONSTRAINT fk_evidence_links_period FOREIGN KEY(period, evidence) REFERENCES evidence (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE explanations (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    unit TEXT NOT NULL,
    criterion TEXT NOT NULL,
    round TEXT NOT NULL,
    question TEXT DEFAULT '' NOT NULL,
    asked_by TEXT DEFAULT '' NOT NULL,
    asked TEXT,
    answer TEXT,
    answered TEXT,
    CONSTRAINT pk_explanations PRIMARY KEY (period, id),
    CONSTRAINT fk_explanations_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_explanations_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE own_criteria (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    code TEXT NOT NULL,
    slot TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    max TEXT NOT NULL,
    method TEXT NOT NULL,
    CONSTRAINT pk_own_criteria PRIMARY KEY (period, unit, code),
    CONSTRAINT fk_own_criteria_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_own_criteria_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE registrations (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    content TEXT DEFAULT '' NOT NULL,
    signed TEXT,
    received_by_leader TEXT,
    received_by_department TEXT,
    CONSTRAINT pk_registrations PRIMARY KEY (period, unit, kind),
    CONSTRAINT fk_registrations_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_registrations_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE round_states (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    round TEXT NOT NULL,
    stage TEXT NOT NULL,
    since TEXT,
    reason TEXT DEFAULT '' NOT NULL,
    submitted TEXT,
    CONSTRAINT pk_round_states PRIMARY KEY (period, unit, round),
    CONSTRAINT fk_round_states_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_round_states_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE standing (
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    unit TEXT NOT NULL,
    "case" TEXT NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    since TEXT,
    until TEXT,
    CONSTRAINT pk_standing PRIMARY KEY (period, number),
    CONSTRAINT fk_standing_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_standing_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE successions (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    predecessor TEXT NOT NULL,
    predecessor_period TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    day TEXT,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_successions PRIMARY KEY (period, unit, predecessor, predecessor_period),
    CONSTRAINT fk_successions_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_successions_period FOREIGN KEY(period, unit) REFERENCES units (period, id),
    CONSTRAINT fk_successions_predecessor_period FOREIGN KEY(predecessor_period, predecessor) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE targets (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    criterion TEXT,
    "plan" TEXT,
    measure TEXT DEFAULT '' NOT NULL,
    half_year TEXT,
    half_year_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_targets PRIMARY KEY (period, unit, code),
    CONSTRAINT fk_targets_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_targets_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE totals (
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    round TEXT NOT NULL,
    section TEXT NOT NULL,
    points TEXT NOT NULL,
    CONSTRAINT pk_totals PRIMARY KEY (period, unit, round, section),
    CONSTRAINT fk_totals_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_totals_period FOREIGN KEY(period, unit) REFERENCES units (period, id)
)
 WITHOUT ROWID,
 STRICT
