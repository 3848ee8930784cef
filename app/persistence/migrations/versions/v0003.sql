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
--
CREATE TABLE senders (
    name TEXT NOT NULL,
    "key" TEXT NOT NULL,
    unit TEXT,
    confirmed_by TEXT DEFAULT '' NOT NULL,
    confirmed_on TEXT DEFAULT '' NOT NULL,
    retired TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_senders PRIMARY KEY (name, "key")
)
 WITHOUT ROWID,
 STRICT
--
CREATE TABLE packages (
    digest TEXT NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    extent TEXT NOT NULL,
    sender TEXT NOT NULL,
    "key" TEXT DEFAULT '' NOT NULL,
    recipient TEXT DEFAULT '' NOT NULL,
    about_period TEXT DEFAULT '' NOT NULL,
    cluster TEXT DEFAULT '' NOT NULL,
    about TEXT DEFAULT '' NOT NULL,
    sequence INTEGER NOT NULL,
    made TEXT DEFAULT '' NOT NULL,
    assessment TEXT DEFAULT '' NOT NULL,
    journal TEXT DEFAULT '' NOT NULL,
    answers TEXT DEFAULT '' NOT NULL,
    operation INTEGER NOT NULL,
    CONSTRAINT pk_packages PRIMARY KEY (digest, direction)
)
 WITHOUT ROWID,
 STRICT
