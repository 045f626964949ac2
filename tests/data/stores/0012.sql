BEGIN TRANSACTION;
CREATE TABLE acts (
	id INTEGER NOT NULL, 
	deck VARCHAR NOT NULL, 
	card VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	what VARCHAR NOT NULL, 
	undoes VARCHAR NOT NULL, 
	line VARCHAR NOT NULL, 
	shared BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (deck, card, at, what, undoes)
);
INSERT INTO "acts" VALUES(1,'ship','red/c1',946684800000,'suspend','','{"what": "suspend", "card": "red/c1", "at": "2000-01-01T00:00:00.000Z", "deck": "ship"}',0);
CREATE TABLE base_cards (
	id INTEGER NOT NULL, 
	door VARCHAR NOT NULL, 
	guid VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	suspended BOOLEAN NOT NULL, 
	buried_on DATE, 
	waits BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (door, guid, place)
);
CREATE TABLE base_notes (
	id INTEGER NOT NULL, 
	door VARCHAR NOT NULL, 
	guid VARCHAR NOT NULL, 
	nid BIGINT NOT NULL, 
	note_id INTEGER NOT NULL, 
	note_type BIGINT NOT NULL, 
	fields VARCHAR NOT NULL, 
	tags VARCHAR NOT NULL, 
	made_from VARCHAR NOT NULL, 
	gone BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (door, guid), 
	FOREIGN KEY(note_id) REFERENCES notes (id)
);
CREATE TABLE "cards" (
	id INTEGER NOT NULL, 
	deck VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	note_id INTEGER, 
	place INTEGER NOT NULL, 
	retired BOOLEAN NOT NULL, 
	suspended BOOLEAN NOT NULL, 
	buried_until DATE, 
	due DATE, 
	interval INTEGER, 
	lapses INTEGER, 
	answered_on DATE, 
	state VARCHAR, remark VARCHAR, heir_id INTEGER, kin INTEGER, revision BIGINT DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (deck, name), 
	CONSTRAINT memory_is_whole CHECK ((due IS NULL) = (interval IS NULL) AND (due IS NULL) = (lapses IS NULL) AND (due IS NULL) = (answered_on IS NULL) AND (due IS NULL) = (state IS NULL)), 
	CONSTRAINT memory_is_sane CHECK (due IS NULL OR (interval >= 1 AND lapses >= 0)), 
	CONSTRAINT asked_cards_have_text CHECK (retired OR note_id IS NOT NULL), 
	FOREIGN KEY(note_id) REFERENCES notes (id)
);
INSERT INTO "cards" VALUES(1,'ship','mile',1,0,0,0,NULL,'2026-11-08',6,0,'2026-11-02','[2, 2360, 1793523601220]',NULL,NULL,NULL,0);
INSERT INTO "cards" VALUES(2,'ship','red/c1',2,0,0,1,NULL,'2026-11-03',1,0,'2026-11-02','[1, 2600, 1793613600012]',NULL,NULL,NULL,0);
INSERT INTO "cards" VALUES(3,'ship','anchor',3,0,0,0,NULL,'2026-11-03',1,0,'2026-11-02','[0, 2500, 1793610000013]',NULL,NULL,NULL,0);
INSERT INTO "cards" VALUES(4,'ship','old/c1',4,0,1,0,NULL,'2026-11-03',1,0,'2026-11-02','[1, 2600, 1793613600013]',NULL,NULL,NULL,0);
CREATE TABLE chapters (
	id INTEGER NOT NULL, 
	deck VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	tags VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	size BIGINT NOT NULL, 
	mtime_ns BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (deck, path)
);
INSERT INTO "chapters" VALUES(1,'ship','sea.md','sea','','',81,1795452593001272363);
CREATE TABLE decks (
	id INTEGER NOT NULL, 
	deck VARCHAR NOT NULL, 
	study_order VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (deck)
);
CREATE TABLE earlier_texts (
	id INTEGER NOT NULL, 
	note_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	until BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(note_id) REFERENCES notes (id)
);
CREATE TABLE exports (
	id INTEGER NOT NULL, 
	guid VARCHAR NOT NULL, 
	note_id INTEGER NOT NULL, 
	note_type BIGINT NOT NULL, 
	anki_deck VARCHAR NOT NULL, 
	tags VARCHAR NOT NULL, 
	fields VARCHAR NOT NULL, 
	ords VARCHAR NOT NULL, 
	changed_at BIGINT NOT NULL, 
	made_from VARCHAR NOT NULL, stale BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (guid), 
	FOREIGN KEY(note_id) REFERENCES notes (id)
);
CREATE TABLE facts (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE files (
	name VARCHAR NOT NULL, 
	size BIGINT NOT NULL, 
	mtime_ns BIGINT NOT NULL, 
	stamp VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE given (
	id INTEGER NOT NULL, 
	line VARCHAR NOT NULL, 
	"before" VARCHAR NOT NULL, computer VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "given" VALUES(1,'{"card": "mile", "at": "2026-11-01T09:00:01.220Z", "day": "2026-11-01", "grade": 4, "ms": 0, "from": "script", "deck": "ship"}','','');
INSERT INTO "given" VALUES(2,'{"card": "mile", "at": "2026-11-02T09:00:00.012Z", "day": "2026-11-02", "grade": 3, "ms": 0, "from": "script", "deck": "ship"}','','');
INSERT INTO "given" VALUES(3,'{"card": "anchor", "at": "2026-11-02T09:00:00.013Z", "day": "2026-11-02", "grade": 1, "ms": 0, "from": "script", "deck": "ship"}','','');
INSERT INTO "given" VALUES(4,'{"card": "red/c1", "at": "2026-11-02T10:00:00.012Z", "day": "2026-11-02", "grade": 5, "ms": 0, "from": "script", "deck": "ship"}','','');
INSERT INTO "given" VALUES(5,'{"card": "old/c1", "at": "2026-11-02T10:00:00.013Z", "day": "2026-11-02", "grade": 5, "ms": 0, "from": "script", "deck": "ship"}','','');
CREATE TABLE notes (
	id INTEGER NOT NULL, 
	deck VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	changed_at BIGINT NOT NULL, tags VARCHAR DEFAULT '' NOT NULL, position BIGINT DEFAULT 0 NOT NULL, revision BIGINT DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (deck, name), 
	FOREIGN KEY(chapter_id) REFERENCES chapters (id)
);
INSERT INTO "notes" VALUES(1,'ship','mile',1,1,'basic','## Mile? {#mile}

1852 m.',1793523601151,'',0,0);
INSERT INTO "notes" VALUES(2,'ship','red',1,5,'cloze','## Red? {#red}

{{c1::Port}}.',1793523601151,'',0,0);
INSERT INTO "notes" VALUES(3,'ship','anchor',1,9,'basic','## How? {#anchor}

So.',1793523601151,'',0,0);
INSERT INTO "notes" VALUES(4,'ship','old',1,13,'cloze','## Old? {#old}

{{c1::Yes}}.',1793523601151,'',0,0);
CREATE TABLE "reviews" (
	id INTEGER NOT NULL, 
	card_id INTEGER NOT NULL, 
	name_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	day DATE NOT NULL, 
	grade INTEGER NOT NULL, 
	ms INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	counts BOOLEAN NOT NULL, 
	shared BOOLEAN NOT NULL, 
	more VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name_id, at), 
	CONSTRAINT grade_is_sm2 CHECK (grade BETWEEN 0 AND 5), 
	CONSTRAINT time_runs_forward CHECK (ms >= 0), 
	FOREIGN KEY(card_id) REFERENCES cards (id), 
	FOREIGN KEY(name_id) REFERENCES cards (id)
);
INSERT INTO "reviews" VALUES(1,1,1,1793523601220,'2026-11-01',4,0,'script',1,0,'');
INSERT INTO "reviews" VALUES(2,1,1,1793610000012,'2026-11-02',3,0,'script',1,0,'');
INSERT INTO "reviews" VALUES(3,3,3,1793610000013,'2026-11-02',1,0,'script',1,0,'');
INSERT INTO "reviews" VALUES(4,2,2,1793613600012,'2026-11-02',5,0,'script',1,0,'');
INSERT INTO "reviews" VALUES(5,4,4,1793613600013,'2026-11-02',5,0,'script',1,0,'');
CREATE TABLE schedulers (
	id INTEGER NOT NULL, 
	deck VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	parameters VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (deck)
);
INSERT INTO "schedulers" VALUES(1,'','sm2',1,'{"smooth": false}');
CREATE TABLE srs_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT srs_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "srs_version" VALUES('0012');
CREATE TABLE "waiting" (
	id INTEGER NOT NULL, 
	deck VARCHAR NOT NULL, 
	card VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	line VARCHAR NOT NULL, 
	shared BOOLEAN NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX notes_by_chapter ON notes (chapter_id, line);
CREATE INDEX exports_by_note ON exports (note_id);
CREATE INDEX cards_by_due ON cards (due);
CREATE INDEX cards_by_note ON cards (note_id, place);
CREATE INDEX cards_by_kin ON cards (kin) WHERE kin IS NOT NULL;
CREATE INDEX acts_by_moment ON acts (at);
CREATE INDEX acts_by_kind ON acts (what);
CREATE INDEX acts_to_share ON acts (shared) WHERE NOT shared;
CREATE INDEX reviews_by_card ON reviews (card_id, at);
CREATE INDEX reviews_by_day ON reviews (day, card_id);
CREATE INDEX reviews_by_moment ON reviews (at);
CREATE INDEX reviews_to_share ON reviews (shared) WHERE NOT shared;
CREATE INDEX earlier_texts_by_note ON earlier_texts (note_id, until);
CREATE INDEX waiting_by_card ON waiting (card);
CREATE INDEX notes_by_revision ON notes (revision);
CREATE INDEX cards_by_revision ON cards (revision);
CREATE INDEX base_notes_by_row ON base_notes (door, nid);
CREATE INDEX base_notes_by_note ON base_notes (note_id);
CREATE INDEX base_notes_by_origin ON base_notes (door, made_from);
COMMIT;
