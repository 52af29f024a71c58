-- Why invoices are unpaid, and what was agreed: disputes, promises, plans, calls; colleagues, fields of one's own.

-- Colleagues who resolve disputes; they need no login.
ALTER TABLE internal_actor ADD COLUMN code TEXT NOT NULL DEFAULT '';    -- as files name a sales representative
ALTER TABLE internal_actor ADD COLUMN active INTEGER NOT NULL DEFAULT 1; -- 0: not offered any more, kept for what is his
ALTER TABLE internal_actor ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE internal_actor ADD COLUMN removed INTEGER NOT NULL DEFAULT 0; -- 1: its adding was undone; shown nowhere

-- Words that users add to, or change in, the lists that Rubis comes with.
CREATE TABLE choice (
  list TEXT NOT NULL CHECK (list IN ('dispute_reason', 'call_result')),
  id TEXT NOT NULL,                           -- of the shipped ones the same id: label, order or days are changed
  label TEXT NOT NULL,                        -- '' for the shipped label
  position INTEGER NOT NULL DEFAULT 0,
  days INTEGER NOT NULL DEFAULT 0,            -- until its follow-up; 0: as shipped
  active INTEGER NOT NULL DEFAULT 1,
  contact INTEGER,                            -- of a call: 1: somebody was spoken to; NULL: as shipped
  PRIMARY KEY (list, id)
) STRICT;

ALTER TABLE dispute ADD COLUMN currency TEXT NOT NULL DEFAULT '';       -- of its items, which share one
ALTER TABLE dispute ADD COLUMN product_line TEXT NOT NULL DEFAULT '';
ALTER TABLE dispute ADD COLUMN asked_on INTEGER;                        -- last request to the resolver that was approved
ALTER TABLE dispute ADD COLUMN keep_dunning INTEGER NOT NULL DEFAULT 0; -- 1: the user lets reminders go on
ALTER TABLE dispute ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE dispute ADD COLUMN close_note TEXT NOT NULL DEFAULT '';
ALTER TABLE dispute ADD COLUMN call_id INTEGER REFERENCES call (id);    -- in which it was heard of
ALTER TABLE dispute ADD COLUMN incoming_id INTEGER REFERENCES incoming (id); -- or the answer that told it
ALTER TABLE dispute ADD COLUMN voided INTEGER NOT NULL DEFAULT 0;       -- 1: its opening was undone; shown nowhere
UPDATE dispute SET reason = m.id FROM (SELECT column1 AS id, column2 AS word FROM (VALUES
  ('administrative', 'Administratif'), ('administrative', 'Administrative'), ('price', 'Prix'), ('price', 'Price'),
  ('quality', 'Qualité'), ('quality', 'Quality'), ('quantity', 'Quantité, manquants'),
  ('quantity', 'Quantity, missing goods'), ('delivery', 'Livraison'), ('delivery', 'Delivery'),
  ('not_ordered', 'Non commandé'), ('not_ordered', 'Not ordered'), ('invoicing_error', 'Erreur de facturation'),
  ('invoicing_error', 'Invoicing error'), ('documents', 'Pièces manquantes'), ('documents', 'Documents missing'),
  ('payment_application', 'Règlement non imputé'), ('payment_application', 'Payment not allocated'),
  ('other', 'Autre motif'), ('other', 'Other reason'))) m WHERE dispute.reason = m.word;
UPDATE dispute SET currency = coalesce ((SELECT i.currency FROM dispute_item x JOIN item i ON i.id = x.item_id
  WHERE x.dispute_id = dispute.id ORDER BY i.id LIMIT 1), '');
CREATE INDEX dispute_by_state ON dispute (state, due_date) WHERE voided = 0;

CREATE TABLE dispute_comment (
  id INTEGER PRIMARY KEY,
  dispute_id INTEGER NOT NULL REFERENCES dispute (id),
  at INTEGER NOT NULL,                        -- seconds since 1970
  date INTEGER NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  incoming_id INTEGER REFERENCES incoming (id), -- a colleague's answer
  voided INTEGER NOT NULL DEFAULT 0           -- taken back by undo
) STRICT;
CREATE INDEX dispute_comment_by_dispute ON dispute_comment (dispute_id);

-- Disputes that an import closed, opened again or put into Today, and how they stood before.
CREATE TABLE import_dispute (
  batch_id INTEGER NOT NULL REFERENCES import_batch (id),
  dispute_id INTEGER NOT NULL REFERENCES dispute (id),
  state TEXT NOT NULL,
  outcome_amount INTEGER NOT NULL,
  due_date INTEGER,
  closed_on INTEGER,
  close_note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (batch_id, dispute_id)
) STRICT;
-- Credit notes that imports brought for an open dispute and that did not end it.
CREATE TABLE dispute_credit (
  dispute_id INTEGER NOT NULL REFERENCES dispute (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (dispute_id, item_id)
) STRICT;
CREATE INDEX dispute_credit_by_item ON dispute_credit (item_id);

ALTER TABLE attachment ADD COLUMN dispute_id INTEGER REFERENCES dispute (id);
ALTER TABLE attachment ADD COLUMN voided INTEGER NOT NULL DEFAULT 0;    -- 1: its adding was undone; shown nowhere
CREATE INDEX attachment_by_dispute ON attachment (dispute_id) WHERE dispute_id IS NOT NULL;

-- A request to a colleague, and his answer, are about a dispute: they are no exchange with the customer.
ALTER TABLE outbox ADD COLUMN dispute_id INTEGER REFERENCES dispute (id);
CREATE INDEX outbox_by_dispute ON outbox (dispute_id) WHERE dispute_id IS NOT NULL;
ALTER TABLE incoming ADD COLUMN dispute_id INTEGER REFERENCES dispute (id);

-- A colleague's answer proposes as well.
CREATE TABLE new_proposal (
  id INTEGER PRIMARY KEY,
  incoming_id INTEGER NOT NULL REFERENCES incoming (id),
  kind TEXT NOT NULL CHECK (kind IN ('paid', 'promise', 'dispute', 'copy', 'wrong_person', 'new_address', 'founded',
    'unfounded', 'more_time', 'remark')),
  sentence TEXT NOT NULL,                     -- the words that say so
  by_token INTEGER NOT NULL DEFAULT 0,        -- from a link of ours, signed
  date INTEGER,                               -- of payment; until when more time is asked for
  amount INTEGER,                             -- minor units
  currency TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL DEFAULT '',             -- an address or a reason
  state TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dismissed')),
  event_id INTEGER REFERENCES event (id)
) STRICT;
INSERT INTO new_proposal (id, incoming_id, kind, sentence, by_token, date, amount, currency, value, state, event_id)
SELECT id, incoming_id, kind, sentence, by_token, date, amount, currency, value, state, event_id FROM proposal;
CREATE TABLE new_proposal_item (
  proposal_id INTEGER NOT NULL REFERENCES new_proposal (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (proposal_id, item_id)
) STRICT;
INSERT INTO new_proposal_item (proposal_id, item_id) SELECT proposal_id, item_id FROM proposal_item;
DROP TABLE proposal_item;
DROP TABLE proposal;
ALTER TABLE new_proposal RENAME TO proposal;
ALTER TABLE new_proposal_item RENAME TO proposal_item;
CREATE INDEX proposal_by_incoming ON proposal (incoming_id);

ALTER TABLE item ADD COLUMN opening INTEGER NOT NULL DEFAULT 0; -- 1: carried over from an earlier year; its dates are not the invoice's
-- Projections of dispute: what is contested, also where the user lets reminders go on; the day on which the last one
-- ended.
ALTER TABLE item ADD COLUMN contested INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN resumed_date INTEGER;
UPDATE item SET contested = disputed, resumed_date = (SELECT max (d.closed_on) FROM dispute_item x
  JOIN dispute d ON d.id = x.dispute_id WHERE x.item_id = item.id)
WHERE id IN (SELECT item_id FROM dispute_item);

ALTER TABLE promise ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE promise ADD COLUMN quote TEXT NOT NULL DEFAULT '';           -- in the customer's words
ALTER TABLE promise ADD COLUMN contact_id INTEGER REFERENCES contact (id);
ALTER TABLE promise ADD COLUMN call_id INTEGER REFERENCES call (id);
ALTER TABLE promise ADD COLUMN replaced_by INTEGER REFERENCES promise (id);
ALTER TABLE promise ADD COLUMN voided INTEGER NOT NULL DEFAULT 0;        -- 1: its giving was undone; shown nowhere
ALTER TABLE promise ADD COLUMN withdrawn_on INTEGER;                     -- the user cancelled it: neither kept nor broken
ALTER TABLE promise ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;          -- 1: broken, and somebody dealt with it
-- What a later promise took over (its own id: a payment plan did), and what the day on which it was given had brought before it.
ALTER TABLE promise_item ADD COLUMN replaced_by INTEGER REFERENCES promise (id);
ALTER TABLE promise_item ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
CREATE INDEX promise_by_date ON promise (date) WHERE voided = 0;
CREATE INDEX promise_by_replacement ON promise (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX promise_item_by_item ON promise_item (item_id);
CREATE INDEX promise_item_by_replacement ON promise_item (replaced_by) WHERE replaced_by IS NOT NULL;
-- States are computed from allocations; what is stored is what people did: open or replaced.
UPDATE promise SET state = 'open' WHERE state IN ('kept', 'partial', 'broken');
UPDATE item SET promise_date = (SELECT max (p.date) FROM promise_item x JOIN promise p ON p.id = x.promise_id
  WHERE x.item_id = item.id AND p.state = 'open') WHERE id IN (SELECT item_id FROM promise_item);

ALTER TABLE plan ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE plan ADD COLUMN given_by TEXT NOT NULL DEFAULT '';           -- who signs for the customer
ALTER TABLE plan ADD COLUMN interest TEXT NOT NULL DEFAULT 'runs'
  CHECK (interest IN ('runs', 'suspended', 'waived'));                   -- late-payment interest while it is respected
ALTER TABLE plan ADD COLUMN grace_days INTEGER NOT NULL DEFAULT 5;       -- after an instalment, before it is late
ALTER TABLE plan ADD COLUMN notice_days INTEGER NOT NULL DEFAULT 8;      -- of the notice before the whole falls due
ALTER TABLE plan ADD COLUMN accelerates INTEGER NOT NULL DEFAULT 1;      -- the agreement has such a clause
ALTER TABLE plan ADD COLUMN signed_on INTEGER;
ALTER TABLE plan ADD COLUMN document_id INTEGER REFERENCES document (id);
ALTER TABLE plan ADD COLUMN ended_on INTEGER;
ALTER TABLE plan ADD COLUMN end_note TEXT NOT NULL DEFAULT '';
ALTER TABLE plan ADD COLUMN insurer_told_on INTEGER;                     -- the credit insurer was informed
ALTER TABLE plan ADD COLUMN call_id INTEGER REFERENCES call (id);
ALTER TABLE plan ADD COLUMN voided INTEGER NOT NULL DEFAULT 0;           -- 1: its making was undone; shown nowhere
-- What was open, and the level reached, when the plan was agreed: what was paid since is the difference.
ALTER TABLE plan_item ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan_item ADD COLUMN level INTEGER NOT NULL DEFAULT -1;
ALTER TABLE plan_item ADD COLUMN level_date INTEGER;
ALTER TABLE plan_item ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0;  -- open besides, contested when it was agreed
UPDATE plan_item SET amount = coalesce ((SELECT i.open + coalesce ((SELECT sum (a.amount) FROM allocation a
    WHERE a.item_id = i.id AND a.date >= (SELECT p.agreed_on FROM plan p WHERE p.id = plan_item.plan_id)), 0)
  FROM item i WHERE i.id = plan_item.item_id), 0);
-- Nothing of an active plan was dunned: its items still have the level that they had before it.
UPDATE plan_item SET level = i.level, level_date = i.level_date, excluded = min (amount, max (0, i.disputed)),
  amount = amount - min (amount, max (0, i.disputed)) FROM item i WHERE i.id = plan_item.item_id;
CREATE INDEX plan_by_account ON plan (account_id);
CREATE INDEX plan_item_by_item ON plan_item (item_id);

ALTER TABLE account ADD COLUMN insurer TEXT NOT NULL DEFAULT '';         -- that covers its debts; '': none
ALTER TABLE account ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';       -- '': that of its country
ALTER TABLE account ADD COLUMN payment_process TEXT NOT NULL DEFAULT ''; -- how it pays: portal, days, who approves
ALTER TABLE account ADD COLUMN credit_limit INTEGER;                     -- minor units of the dossier's currency

ALTER TABLE contact ADD COLUMN mobile TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;       -- 1: not shown any more; kept for what names it

-- Calls, with the minutes that they took.
CREATE TABLE call (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  event_id INTEGER REFERENCES event (id),
  contact_id INTEGER REFERENCES contact (id),
  phone TEXT NOT NULL DEFAULT '',             -- that was dialled
  date INTEGER NOT NULL,
  began_at INTEGER NOT NULL,                  -- seconds since 1970; 0: only noted afterwards
  seconds INTEGER NOT NULL DEFAULT 0,
  result TEXT NOT NULL,                       -- id of the list call_result
  note TEXT NOT NULL DEFAULT '',
  rank INTEGER NOT NULL DEFAULT -1,           -- of the step that asked for it; -1: none
  voided INTEGER NOT NULL DEFAULT 0           -- 1: undone
) STRICT;
CREATE INDEX call_by_account ON call (account_id);
CREATE INDEX call_by_date ON call (date);

-- To be called again, at an hour that the customer named.
CREATE TABLE callback (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  contact_id INTEGER REFERENCES contact (id),
  date INTEGER NOT NULL,
  minute INTEGER NOT NULL DEFAULT -1,         -- of the user's day; -1: any hour
  reason TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled')),
  call_id INTEGER REFERENCES call (id)        -- in which it was agreed
) STRICT;
CREATE INDEX callback_by_account ON callback (account_id);
CREATE INDEX callback_open ON callback (date, minute) WHERE state = 'open';

-- Fields that users add to accounts and items.
CREATE TABLE custom_field (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL CHECK (owner IN ('account', 'item')),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'amount', 'date', 'yes_no', 'choice')),
  choices TEXT NOT NULL DEFAULT '',           -- a line each
  position INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0          -- not shown any more; its values are kept for undo
) STRICT;
CREATE UNIQUE INDEX custom_field_by_name ON custom_field (owner, name) WHERE removed = 0;

CREATE TABLE account_field (
  account_id INTEGER NOT NULL REFERENCES account (id),
  field_id INTEGER NOT NULL REFERENCES custom_field (id),
  value TEXT NOT NULL,                        -- canonical: ISO date, "1234.50", "1"/"0"
  PRIMARY KEY (account_id, field_id)
) STRICT;
CREATE INDEX account_field_by_value ON account_field (field_id, value);

CREATE TABLE item_field (
  item_id INTEGER NOT NULL REFERENCES item (id),
  field_id INTEGER NOT NULL REFERENCES custom_field (id),
  value TEXT NOT NULL,
  PRIMARY KEY (item_id, field_id)
) STRICT;
CREATE INDEX item_field_by_value ON item_field (field_id, value);

-- Filters that users named; the body is what the place wrote.
CREATE TABLE saved_filter (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL,                        -- "invoices", "disputes", "today", "timeline"…
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX saved_filter_by_name ON saved_filter (place, name);
