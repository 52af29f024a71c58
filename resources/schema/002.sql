-- Letters: versions of templates, copies and proofs, registered mail, print jobs.

ALTER TABLE template ADD COLUMN saved_at TEXT NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN saved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE template ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- 1 on the newest version: not offered any more; what was sent by it keeps its text.
ALTER TABLE template ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;

-- A registered letter came back from there: nothing is posted to it until it changes or was checked.
ALTER TABLE account ADD COLUMN address_bad INTEGER NOT NULL DEFAULT 0;
-- What files said last where the user wrote another address over it; '' in all of them: he did not.
ALTER TABLE account ADD COLUMN file_address TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN file_postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN file_city TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN file_country TEXT NOT NULL DEFAULT '';
CREATE TRIGGER account_moved AFTER UPDATE OF address, postcode, city ON account
WHEN OLD.address_bad <> 0
  AND (OLD.address <> NEW.address OR OLD.postcode <> NEW.postcode OR OLD.city <> NEW.city)
BEGIN
  UPDATE account SET address_bad = 0 WHERE id = NEW.id;
END;

ALTER TABLE item ADD COLUMN notice_until INTEGER;  -- projection of registered_letter: end of the deadline

-- What is handed in at the post office together, as it was printed.
CREATE TABLE deposit_list (
  id INTEGER PRIMARY KEY,
  date INTEGER NOT NULL,
  n_letters INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;

-- Numbers of the forms that the sender has, handed out in this order.
CREATE TABLE registered_stock (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  added_on INTEGER NOT NULL
) STRICT;

-- The La Poste form of a registered letter and what became of it.
CREATE TABLE registered_letter (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  document_id INTEGER NOT NULL UNIQUE REFERENCES document (id),
  number TEXT NOT NULL DEFAULT '',            -- of the form, without spaces; '' until known
  recipient TEXT NOT NULL DEFAULT '',         -- address block of the letter, a line each
  guarantee TEXT NOT NULL DEFAULT 'R1' CHECK (guarantee IN ('R1', 'R2', 'R3')),
  with_receipt INTEGER NOT NULL DEFAULT 1,
  number_printed INTEGER NOT NULL DEFAULT 0,  -- the number stands in the letter itself
  deadline_days INTEGER NOT NULL DEFAULT 0,   -- that the letter gives to pay
  state TEXT NOT NULL CHECK (state IN ('written', 'printed', 'deposited', 'presented', 'received', 'refused',
    'not_claimed', 'wrong_address')),
  printed_on INTEGER,
  deposited_on INTEGER,
  presented_on INTEGER,
  closed_on INTEGER,                          -- received, refused, not claimed or returned
  notice_until INTEGER,                       -- last day of the deadline, once it runs
  deposit_id INTEGER REFERENCES deposit_list (id)
) STRICT;
CREATE UNIQUE INDEX registered_letter_by_number ON registered_letter (number) WHERE number <> '';
CREATE INDEX registered_letter_by_account ON registered_letter (account_id);

-- Files that belong to an account: copies of invoices, orders, proofs of the post.
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  item_id INTEGER REFERENCES item (id),
  registered_id INTEGER REFERENCES registered_letter (id),
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'order', 'delivery', 'terms', 'contract', 'deposit_proof', 'receipt',
    'returned_envelope', 'agreement', 'other')),
  title TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  n_pages INTEGER NOT NULL DEFAULT 0,
  named INTEGER NOT NULL DEFAULT 1,           -- 0: its text holds neither the number nor the customer's name
  added_on INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_by_account ON attachment (account_id);
CREATE INDEX attachment_by_item ON attachment (item_id) WHERE item_id IS NOT NULL;

-- Letters that went to the printer together, in their order.
CREATE TABLE print_job (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  date INTEGER NOT NULL,
  printer TEXT NOT NULL,
  duplex INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  n_letters INTEGER NOT NULL,
  n_pages INTEGER NOT NULL,
  n_sheets INTEGER NOT NULL,
  postage INTEGER NOT NULL,                   -- estimate, minor units of the dossier's currency
  state TEXT NOT NULL CHECK (state IN ('sent', 'printed', 'failed'))
) STRICT;

CREATE TABLE print_job_document (
  job_id INTEGER NOT NULL REFERENCES print_job (id),
  position INTEGER NOT NULL,
  document_id INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (job_id, position)
) STRICT;
CREATE INDEX print_job_document_by_document ON print_job_document (document_id);

-- 1 on a letter that was written and has not been printed yet.
ALTER TABLE document ADD COLUMN to_post INTEGER NOT NULL DEFAULT 0;
CREATE INDEX document_to_post ON document (id) WHERE to_post = 1;
CREATE INDEX document_by_date ON document (date, id);
CREATE INDEX outbox_by_document ON outbox (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX outbox_by_event ON outbox (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX print_job_open ON print_job (id) WHERE state = 'sent';

-- The folder of copies of invoices: the numbers that the text of each file has, read once.
CREATE TABLE copy_file (
  path TEXT PRIMARY KEY,                      -- below the folder
  size INTEGER NOT NULL,
  changed INTEGER NOT NULL,                   -- seconds, of the file system
  words TEXT NOT NULL
) STRICT;
