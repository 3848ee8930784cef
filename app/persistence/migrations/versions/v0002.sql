ALTER TABLE ballots ADD COLUMN totals TEXT
--
ALTER TABLE ballots ADD COLUMN places INTEGER
--
CREATE TABLE ballot_sheets (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    form TEXT NOT NULL,
    vote INTEGER NOT NULL,
    stage TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    award TEXT,
    cluster TEXT,
    candidates TEXT NOT NULL,
    places INTEGER NOT NULL,
    question TEXT DEFAULT '' NOT NULL,
    totals TEXT,
    tellers TEXT NOT NULL,
    conference TEXT,
    opened_by TEXT DEFAULT '' NOT NULL,
    opened_on TEXT,
    counted_by TEXT DEFAULT '' NOT NULL,
    counted_on TEXT,
    confirmed_by TEXT DEFAULT '' NOT NULL,
    confirmed_on TEXT,
    ballot INTEGER,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_ballot_sheets PRIMARY KEY (period, id),
    CONSTRAINT fk_ballot_sheets_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_ballot_sheets_period FOREIGN KEY(period, cluster) REFERENCES clusters (period, id),
    CONSTRAINT fk_ballot_sheets_period FOREIGN KEY(period, conference) REFERENCES conferences (period, id),
    CONSTRAINT fk_ballot_sheets_period FOREIGN KEY(period, ballot) REFERENCES ballots (period, number)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE activities (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    unit TEXT,
    cluster TEXT,
    date TEXT,
    document TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    chosen_to_report INTEGER NOT NULL,
    CONSTRAINT pk_activities PRIMARY KEY (period, id),
    CONSTRAINT fk_activities_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_activities_period FOREIGN KEY(period, unit) REFERENCES units (period, id),
    CONSTRAINT fk_activities_period FOREIGN KEY(period, cluster) REFERENCES clusters (period, id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE duty_states (
    period TEXT NOT NULL,
    duty TEXT NOT NULL,
    holder TEXT NOT NULL,
    cluster TEXT NOT NULL,
    state TEXT NOT NULL,
    date TEXT,
    document TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_duty_states PRIMARY KEY (period, duty, holder, cluster),
    CONSTRAINT fk_duty_states_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE proposals (
    period TEXT NOT NULL,
    id TEXT NOT NULL,
    award TEXT NOT NULL,
    unit TEXT NOT NULL,
    state TEXT NOT NULL,
    cluster TEXT,
    place INTEGER,
    digest TEXT DEFAULT '' NOT NULL,
    head TEXT DEFAULT '' NOT NULL,
    made_by TEXT DEFAULT '' NOT NULL,
    made_on TEXT,
    changed_by TEXT DEFAULT '' NOT NULL,
    changed_on TEXT,
    reason TEXT DEFAULT '' NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    replaces TEXT,
    CONSTRAINT pk_proposals PRIMARY KEY (period, id),
    CONSTRAINT fk_proposals_period FOREIGN KEY(period) REFERENCES periods (id),
    CONSTRAINT fk_proposals_period FOREIGN KEY(period, unit) REFERENCES units (period, id),
    CONSTRAINT fk_proposals_period FOREIGN KEY(period, cluster) REFERENCES clusters (period, id)
)
 WITHOUT ROWID,
 STRICT
