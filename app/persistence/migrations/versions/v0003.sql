CREATE TABLE wordings (
    paper TEXT NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    addressees TEXT DEFAULT '' NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    recipients TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_wordings PRIMARY KEY (paper)
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE paper_answers (
    period TEXT NOT NULL,
    paper TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_paper_answers PRIMARY KEY (period, paper, subject, name),
    CONSTRAINT fk_paper_answers_period FOREIGN KEY(period) REFERENCES periods (id)
)
 WITHOUT ROWID,
 STRICT
