-- Dates are days since 1970-01-01, amounts minor units of the currency beside them.
-- Facts are kept; the few columns that repeat what events and allocations say are marked
-- "projection" and are checked by `rubisctl check`.

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE image (
  name TEXT PRIMARY KEY,
  content BLOB NOT NULL
) STRICT;

CREATE TABLE policy (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE template (
  id TEXT NOT NULL,
  language TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id, language, version)
) STRICT;

CREATE TABLE rate_period (
  series TEXT NOT NULL,
  from_date INTEGER NOT NULL,
  rate INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (series, from_date)
) STRICT;

CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('stock', 'delta')),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  n_rows INTEGER NOT NULL,
  n_new INTEGER NOT NULL,
  n_changed INTEGER NOT NULL,
  n_cleared INTEGER NOT NULL,
  n_unchanged INTEGER NOT NULL,
  n_rejected INTEGER NOT NULL,
  undone_at TEXT
) STRICT;

CREATE TABLE import_reject (
  batch_id INTEGER NOT NULL REFERENCES import_batch (id),
  line INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  value TEXT NOT NULL,
  code TEXT NOT NULL
) STRICT;
CREATE INDEX import_reject_by_batch ON import_reject (batch_id);

CREATE TABLE import_mapping (
  fingerprint TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE party (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  legal_form TEXT NOT NULL DEFAULT '',
  siren TEXT NOT NULL DEFAULT '',
  vat_id TEXT NOT NULL DEFAULT '',
  kind INTEGER NOT NULL DEFAULT 0,
  insolvency INTEGER NOT NULL DEFAULT 0,
  insolvency_date INTEGER
) STRICT;
CREATE INDEX party_by_siren ON party (siren) WHERE siren <> '';

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  party_id INTEGER NOT NULL REFERENCES party (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  search_key TEXT NOT NULL,                   -- name and code, folded: searched and sorted by
  address TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  terms TEXT NOT NULL DEFAULT '',
  means INTEGER NOT NULL DEFAULT 0,
  sales_rep TEXT NOT NULL DEFAULT '',
  policy_id TEXT REFERENCES policy (id),
  note TEXT NOT NULL DEFAULT '',
  stop INTEGER NOT NULL DEFAULT 0,
  stop_reason TEXT NOT NULL DEFAULT '',
  stop_until INTEGER,
  with_agent INTEGER NOT NULL DEFAULT 0,
  last_contact INTEGER,                       -- projection of event
  first_batch INTEGER REFERENCES import_batch (id)
) STRICT;
CREATE INDEX account_by_party ON account (party_id);
CREATE INDEX account_by_search_key ON account (search_key);

-- Several trees of groups may hold the same accounts (group of companies, agency, portfolio…).
CREATE TABLE account_group (
  id INTEGER PRIMARY KEY,
  tree TEXT NOT NULL,
  parent_id INTEGER REFERENCES account_group (id),
  name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_group_name ON account_group (tree, coalesce (parent_id, 0), name);

CREATE TABLE account_group_closure (
  ancestor_id INTEGER NOT NULL REFERENCES account_group (id),
  descendant_id INTEGER NOT NULL REFERENCES account_group (id),
  depth INTEGER NOT NULL,
  PRIMARY KEY (ancestor_id, descendant_id)
) STRICT;

CREATE TABLE account_group_member (
  group_id INTEGER NOT NULL REFERENCES account_group (id),
  account_id INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (group_id, account_id)
) STRICT;
CREATE INDEX account_group_member_by_account ON account_group_member (account_id);

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  salutation TEXT NOT NULL DEFAULT '',
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  job TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT 'accounts_payable',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  bounced INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contact_by_account ON contact (account_id);

CREATE TABLE internal_actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  type INTEGER NOT NULL,
  number TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,               -- of issue: numbers may start again each year
  instalment INTEGER NOT NULL DEFAULT 0,
  issue_date INTEGER,
  due_date INTEGER,
  due_computed INTEGER NOT NULL DEFAULT 0,    -- from payment terms, not stated by the file
  currency TEXT NOT NULL,
  total INTEGER NOT NULL,
  open INTEGER NOT NULL,                      -- projection: total less allocations
  means INTEGER NOT NULL DEFAULT 0,
  order_ref TEXT NOT NULL DEFAULT '',
  sales_rep TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT '',
  cancelled INTEGER NOT NULL DEFAULT 0,
  successor_id INTEGER REFERENCES item (id),
  stop INTEGER NOT NULL DEFAULT 0,
  stop_reason TEXT NOT NULL DEFAULT '',
  stop_until INTEGER,
  debit_returned INTEGER NOT NULL DEFAULT 0,
  with_agent INTEGER NOT NULL DEFAULT 0,
  disputed INTEGER NOT NULL DEFAULT 0,        -- projection of dispute_item: open disputes
  promise_date INTEGER,                       -- projection of promise: open promise
  in_plan INTEGER NOT NULL DEFAULT 0,         -- projection of plan: respected
  level INTEGER NOT NULL DEFAULT -1,          -- projection of event_item
  level_date INTEGER,                         -- projection of event_item
  first_seen INTEGER NOT NULL,
  first_batch INTEGER REFERENCES import_batch (id),
  cleared_batch INTEGER REFERENCES import_batch (id),
  cleared_date INTEGER
) STRICT;

CREATE TABLE allocation (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item (id),
  amount INTEGER NOT NULL,                    -- takes this from what is open; same sign as the total
  date INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('erp', 'absent', 'user')),
  credit_item_id INTEGER REFERENCES item (id),
  batch_id INTEGER REFERENCES import_batch (id)
) STRICT;
CREATE INDEX allocation_by_item ON allocation (item_id);
CREATE INDEX allocation_by_batch ON allocation (batch_id);

-- What an import changed, so that it can be taken back.
CREATE TABLE import_change (
  batch_id INTEGER NOT NULL REFERENCES import_batch (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  total INTEGER NOT NULL,
  open INTEGER NOT NULL,
  issue_date INTEGER,
  due_date INTEGER,
  due_computed INTEGER NOT NULL,
  means INTEGER NOT NULL,
  order_ref TEXT NOT NULL,
  sales_rep TEXT NOT NULL,
  label TEXT NOT NULL,
  cleared_batch INTEGER,
  cleared_date INTEGER,
  PRIMARY KEY (batch_id, item_id)
) STRICT;

CREATE TABLE import_account_change (
  batch_id INTEGER NOT NULL REFERENCES import_batch (id),
  account_id INTEGER NOT NULL REFERENCES account (id),
  field TEXT NOT NULL,
  old_value TEXT NOT NULL
) STRICT;
CREATE INDEX import_account_change_by_batch ON import_account_change (batch_id);

-- The journal: lines are added, never changed or deleted; each holds the hash of the one before.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  date INTEGER NOT NULL,
  kind TEXT NOT NULL,
  account_id INTEGER REFERENCES account (id),
  batch_id INTEGER REFERENCES import_batch (id),
  actor TEXT NOT NULL,
  summary TEXT NOT NULL,
  data TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_account ON event (account_id, id);
CREATE INDEX event_by_date ON event (date);

CREATE TABLE event_item (
  event_id INTEGER NOT NULL REFERENCES event (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  level INTEGER,                              -- that the item reached by this event; NULL: none
  PRIMARY KEY (event_id, item_id)
) STRICT;
CREATE INDEX event_item_by_item ON event_item (item_id);

CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN
  SELECT RAISE (ABORT, 'the journal is never deleted');
END;
CREATE TRIGGER event_is_final BEFORE UPDATE ON event
BEGIN
  SELECT RAISE (ABORT, 'the journal is never changed');
END;

-- What was sent or printed, byte for byte.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  event_id INTEGER REFERENCES event (id),
  account_id INTEGER NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL,
  template_id TEXT NOT NULL,
  template_version INTEGER NOT NULL,
  language TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  date INTEGER NOT NULL,
  subject TEXT NOT NULL,
  recipient TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  n_pages INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX document_by_account ON document (account_id);
CREATE INDEX document_by_event ON document (event_id);

-- Every send passes here; the key makes sending the same thing twice impossible.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  send_key TEXT NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES account (id),
  currency TEXT NOT NULL,
  rank INTEGER NOT NULL,
  step_name TEXT NOT NULL,
  channel INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  n_items INTEGER NOT NULL,
  document_id INTEGER REFERENCES document (id),
  event_id INTEGER REFERENCES event (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'queued', 'sending', 'sent', 'delivered',
    'bounced_soft', 'bounced_hard', 'refused', 'unknown', 'cancelled')),
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state);
CREATE INDEX outbox_by_created ON outbox (created);

-- Late-payment interest and indemnities, each with its own balance and the day up to which it runs.
CREATE TABLE claim (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item (id),
  kind TEXT NOT NULL CHECK (kind IN ('interest', 'indemnity')),
  from_date INTEGER NOT NULL,
  accrued_to INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  paid INTEGER NOT NULL DEFAULT 0,
  document_id INTEGER REFERENCES document (id),
  state TEXT NOT NULL CHECK (state IN ('displayed', 'claimed', 'paid', 'waived'))
) STRICT;
CREATE INDEX claim_by_item ON claim (item_id);

CREATE TABLE promise (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  date INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  channel INTEGER NOT NULL,
  given_by TEXT NOT NULL,
  given_on INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'partial', 'broken', 'replaced'))
) STRICT;
CREATE INDEX promise_by_account ON promise (account_id);

CREATE TABLE promise_item (
  promise_id INTEGER NOT NULL REFERENCES promise (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (promise_id, item_id)
) STRICT;

CREATE TABLE plan (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  currency TEXT NOT NULL,
  agreed_on INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'done', 'broken', 'cancelled'))
) STRICT;

CREATE TABLE plan_instalment (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  due_date INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  paid INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (plan_id, due_date)
) STRICT;

CREATE TABLE plan_item (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (plan_id, item_id)
) STRICT;

CREATE TABLE dispute (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  reason TEXT NOT NULL,
  description TEXT NOT NULL,
  opened_on INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  resolver_id INTEGER REFERENCES internal_actor (id),
  due_date INTEGER,
  state TEXT NOT NULL CHECK (state IN ('open', 'examined', 'credit_awaited', 'founded', 'unfounded', 'abandoned')),
  outcome_amount INTEGER NOT NULL DEFAULT 0,
  credit_item_id INTEGER REFERENCES item (id),
  closed_on INTEGER
) STRICT;
CREATE INDEX dispute_by_account ON dispute (account_id);

CREATE TABLE dispute_item (
  dispute_id INTEGER NOT NULL REFERENCES dispute (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  amount INTEGER NOT NULL,
  PRIMARY KEY (dispute_id, item_id)
) STRICT;
CREATE INDEX dispute_item_by_item ON dispute_item (item_id);
