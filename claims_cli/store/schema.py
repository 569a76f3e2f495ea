"""The tables of a store, step by step: a store of an older layout takes the steps that it lacks.

The columns of `claims` are the fields of the claim record under their own names, a span as its text and, in a second
column `X_spans`, its offsets (`12-40;55-80`), a list as JSON: the same as in CSV.
"""

from claims_cli.codec import all_columns, column_type

METADATA = ("title", "outlet", "author", "date", "url")  # of a document, where it tells
UNREAD = ("furniture", "other_language", "skipped")  # places of a document, as `Document` tells them apart
APPLICATION_ID = 0x636C6D73  # "clms": how SQLite, `file` and this program know a store
# columns of later steps
LATER = ("time", "speaker_basis", "speaker_confidence", "pronoun", "anonymity", "anonymity_spans", "same_as")
TYPES = {int: "INTEGER", float: "REAL", bool: "INTEGER", str: "TEXT"}


def claim_definitions() -> str:
    """The columns of the claim record with their types, as SQL."""
    columns = [f'"{name}" {TYPES[column_type(name)]}' for name in all_columns() if name not in ("speaker_id", *LATER)]
    return ",\n  ".join([*columns, '"speaker_id" TEXT REFERENCES speakers(id)'])


RUNS = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT,
  claims TEXT NOT NULL, python TEXT NOT NULL, spacy TEXT NOT NULL, model TEXT NOT NULL, model_version TEXT NOT NULL,
  rulebook TEXT NOT NULL, options TEXT NOT NULL,
  new INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
  vanished INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
);
"""
DOCUMENTS = """
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, title TEXT, outlet TEXT, author TEXT, date TEXT, url TEXT,
  format TEXT NOT NULL, language TEXT, metadata TEXT NOT NULL, sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL,
  encoding TEXT NOT NULL, notes TEXT NOT NULL,
  articles TEXT NOT NULL, furniture TEXT NOT NULL, made_with TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs(id),
  text TEXT NOT NULL
);
CREATE INDEX documents_text_sha256 ON documents(text_sha256);
CREATE INDEX documents_run ON documents(run);
"""
SPEAKERS = """
CREATE TABLE speakers (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, named INTEGER NOT NULL, claims INTEGER NOT NULL,
  documents INTEGER NOT NULL, roles TEXT NOT NULL, spellings TEXT NOT NULL, perhaps TEXT NOT NULL
);
CREATE TABLE speaker_names (
  name TEXT NOT NULL, speaker TEXT NOT NULL REFERENCES speakers(id) ON DELETE CASCADE, PRIMARY KEY (speaker, name)
) WITHOUT ROWID;
"""
CLAIMS = f"""
CREATE TABLE claims (
  number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  run INTEGER NOT NULL REFERENCES runs(id), nested INTEGER NOT NULL, headline INTEGER NOT NULL,
  {claim_definitions()}
);
CREATE UNIQUE INDEX claims_id ON claims(id, document);
CREATE INDEX claims_document ON claims(document);
CREATE INDEX claims_run ON claims(run);
CREATE INDEX claims_speaker_id ON claims(speaker_id);
CREATE INDEX claims_speaker ON claims(speaker);
CREATE INDEX claims_type ON claims(type);
CREATE INDEX claims_confidence ON claims(confidence);
CREATE INDEX claims_date ON claims(date);
CREATE TABLE claim_speakers (
  claim INTEGER NOT NULL REFERENCES claims(number) ON DELETE CASCADE,
  speaker TEXT NOT NULL REFERENCES speakers(id) ON DELETE CASCADE, name TEXT NOT NULL,
  PRIMARY KEY (claim, speaker, name)
) WITHOUT ROWID;
CREATE INDEX claim_speakers_speaker ON claim_speakers(speaker);
"""
NAMES = """
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE claim_names (
  name INTEGER NOT NULL REFERENCES names(id), claim INTEGER NOT NULL REFERENCES claims(number) ON DELETE CASCADE,
  single INTEGER NOT NULL, PRIMARY KEY (name, claim, single)
) WITHOUT ROWID;
CREATE INDEX claim_names_claim ON claim_names(claim);
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
SEARCH = """
CREATE VIRTUAL TABLE claims_fts USING fts5(
  content, speaker, sentence, content="claims", content_rowid="number",
  tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER claims_fts_insert AFTER INSERT ON claims BEGIN
  INSERT INTO claims_fts(rowid, content, speaker, sentence)
  VALUES (new.number, new.content, new.speaker, new.sentence);
END;
CREATE TRIGGER claims_fts_delete AFTER DELETE ON claims BEGIN
  INSERT INTO claims_fts(claims_fts, rowid, content, speaker, sentence)
  VALUES ('delete', old.number, old.content, old.speaker, old.sentence);
END;
CREATE TRIGGER claims_fts_update AFTER UPDATE OF content, speaker, sentence ON claims BEGIN
  INSERT INTO claims_fts(claims_fts, rowid, content, speaker, sentence)
  VALUES ('delete', old.number, old.content, old.speaker, old.sentence);
  INSERT INTO claims_fts(rowid, content, speaker, sentence)
  VALUES (new.number, new.content, new.speaker, new.sentence);
END;
INSERT INTO claims_fts(claims_fts) VALUES ('rebuild');
"""
MARKS = """
CREATE TABLE marks (
  claim TEXT NOT NULL, text_sha256 TEXT NOT NULL, verdict TEXT CHECK (verdict IN ('right', 'wrong')), note TEXT,
  "by" TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (claim, text_sha256, "by")
);
CREATE VIEW judged AS
  SELECT claims.id, marks.verdict, marks.note, marks."by", marks.at, claims.speaker, claims.content, claims.rule,
    claims.confidence, claims.doc, claims.line
  FROM marks JOIN claims ON claims.id = marks.claim
  JOIN documents ON documents.id = claims.document AND documents.text_sha256 = marks.text_sha256;
"""
# before, `furniture` held all that was not read, and still does of documents that were stored then
APART = """
ALTER TABLE documents ADD COLUMN other_language TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN skipped TEXT NOT NULL DEFAULT '[]';
"""
# of claims that were stored before, nothing tells how the speaker is known until the document is read again
DOUBT = """
ALTER TABLE claims ADD COLUMN speaker_basis TEXT NOT NULL DEFAULT 'words';
ALTER TABLE claims ADD COLUMN speaker_confidence REAL NOT NULL DEFAULT 0.5;
ALTER TABLE claims ADD COLUMN pronoun TEXT;
ALTER TABLE claims ADD COLUMN anonymity TEXT;
ALTER TABLE claims ADD COLUMN anonymity_spans TEXT;
ALTER TABLE claims ADD COLUMN speaker_reason TEXT;
ALTER TABLE claims ADD COLUMN found_speaker TEXT;
ALTER TABLE marks ADD COLUMN speaker TEXT;
DROP VIEW judged;
CREATE VIEW judged AS
  SELECT claims.id, marks.verdict, marks.note, marks."by", marks.at, marks.speaker AS right_speaker, claims.speaker,
    claims.content, claims.rule, claims.confidence, claims.doc, claims.line
  FROM marks JOIN claims ON claims.id = marks.claim
  JOIN documents ON documents.id = claims.document AND documents.text_sha256 = marks.text_sha256;
"""
RECORDINGS = "ALTER TABLE claims ADD COLUMN time INTEGER;"
# which claims are one statement, by the number of its first claim; `same_as` has the ids of the others
STATEMENTS = """
CREATE TABLE statements (
  claim INTEGER PRIMARY KEY REFERENCES claims(number) ON DELETE CASCADE, statement INTEGER NOT NULL
);
CREATE INDEX statements_statement ON statements(statement);
ALTER TABLE claims ADD COLUMN same_as TEXT NOT NULL DEFAULT '[]';
"""
STEPS = (RUNS + DOCUMENTS + SPEAKERS + CLAIMS + NAMES, SEARCH, MARKS, APART, DOUBT, RECORDINGS, STATEMENTS)
VERSION = len(STEPS)
