-- Sending: senders, attempts, what came back and what it proposes.

-- Who sends, and through what. Passwords and tokens are never here: the Secret Service of the desktop keeps them.
CREATE TABLE sender (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                         -- as users call it
  transport TEXT NOT NULL,                    -- "folder", "smtp", "jmap"…
  position INTEGER NOT NULL DEFAULT 0,        -- of those that fit, the lowest is taken
  actor TEXT NOT NULL DEFAULT '',             -- the user whose messages leave by it; '' for everybody's
  email TEXT NOT NULL DEFAULT '',
  from_name TEXT NOT NULL DEFAULT '',
  reply_to TEXT NOT NULL DEFAULT '',
  signature TEXT NOT NULL DEFAULT '',         -- lines below each message
  server TEXT NOT NULL DEFAULT '',            -- host, or base address of an HTTP API; '': the provider's own
  port INTEGER NOT NULL DEFAULT 0,            -- 0: the usual one
  security TEXT NOT NULL DEFAULT 'tls' CHECK (security IN ('starttls', 'tls', 'none')),
  auth TEXT NOT NULL DEFAULT 'password' CHECK (auth IN ('none', 'password', 'oauth')),
  user TEXT NOT NULL DEFAULT '',
  service TEXT NOT NULL DEFAULT '',           -- second name with the provider: tenant, service, SID, user number
  client_id TEXT NOT NULL DEFAULT '',         -- of the registered application, for OAuth
  folder TEXT NOT NULL DEFAULT '',            -- of .eml files; '': beside the dossier
  imap_server TEXT NOT NULL DEFAULT '',       -- where the answers to SMTP come in; '': nowhere
  imap_port INTEGER NOT NULL DEFAULT 0,
  imap_security TEXT NOT NULL DEFAULT 'tls' CHECK (imap_security IN ('starttls', 'tls', 'none')),
  cursor TEXT NOT NULL DEFAULT '',            -- up to where its mailbox was read
  fetched INTEGER NOT NULL DEFAULT 0,         -- when, seconds since 1970
  recall_minutes INTEGER NOT NULL DEFAULT 10 CHECK (recall_minutes BETWEEN 0 AND 1440),
  from_minute INTEGER NOT NULL DEFAULT 0,     -- of the day, local time: sends from then on
  until_minute INTEGER NOT NULL DEFAULT 1440, -- and before then
  days INTEGER NOT NULL DEFAULT 127,          -- bits, Monday is 1
  per_minute INTEGER NOT NULL DEFAULT 30,     -- 0: no limit
  per_day INTEGER NOT NULL DEFAULT 500,       -- 0: no limit
  max_size INTEGER NOT NULL DEFAULT 10485760, -- bytes of a message
  unit_price INTEGER NOT NULL DEFAULT 0,      -- of an SMS or a letter, thousandths of a cent; 0: not known
  active INTEGER NOT NULL DEFAULT 1,
  wait_until INTEGER NOT NULL DEFAULT 0,      -- seconds since 1970: the server asked to wait, or refused everything
  wait_reason TEXT NOT NULL DEFAULT '',
  removed INTEGER NOT NULL DEFAULT 0          -- kept for what it sent; its id, under which secrets are kept, never comes again
) STRICT;
CREATE UNIQUE INDEX sender_by_name ON sender (name) WHERE removed = 0;

-- Nothing can leave by accident: until somebody says otherwise, emails become files.
INSERT INTO sender (name, transport, position, security, auth, recall_minutes, per_minute, per_day)
VALUES ('folder', 'folder', 1000, 'none', 'none', 0, 0, 0);

ALTER TABLE outbox ADD COLUMN sender_id INTEGER REFERENCES sender (id);
ALTER TABLE outbox ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN from_email TEXT NOT NULL DEFAULT '';   -- that its bytes name
ALTER TABLE outbox ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN message_id TEXT NOT NULL DEFAULT '';   -- of an email, without angle brackets
ALTER TABLE outbox ADD COLUMN provider_id TEXT NOT NULL DEFAULT '';  -- that the server gave
ALTER TABLE outbox ADD COLUMN thread_id TEXT NOT NULL DEFAULT '';    -- first message id of the account's thread
ALTER TABLE outbox ADD COLUMN send_after INTEGER NOT NULL DEFAULT 0; -- seconds since 1970
ALTER TABLE outbox ADD COLUMN n_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN sent_at INTEGER NOT NULL DEFAULT 0;    -- seconds since 1970
ALTER TABLE outbox ADD COLUMN polled_at INTEGER NOT NULL DEFAULT 0;  -- when the server was last asked what became of it
ALTER TABLE outbox ADD COLUMN reason TEXT NOT NULL DEFAULT '';       -- why it is in its state, for the user
ALTER TABLE outbox ADD COLUMN price INTEGER NOT NULL DEFAULT 0;      -- minor units of the dossier's currency, as confirmed
ALTER TABLE outbox ADD COLUMN draft TEXT NOT NULL DEFAULT '';        -- of no scenario: what is asked for, JSON
-- Emails were files until now; those that a crash left waiting become files still, never messages of a server.
UPDATE outbox SET sender_id = (SELECT id FROM sender WHERE transport = 'folder') WHERE channel = 0;
UPDATE outbox SET (recipient, subject)
  = (SELECT d.recipient, d.subject FROM document d WHERE d.id = outbox.document_id)
WHERE channel = 0 AND document_id IS NOT NULL;
CREATE INDEX outbox_by_message_id ON outbox (message_id) WHERE message_id <> '';
CREATE INDEX outbox_by_provider_id ON outbox (provider_id) WHERE provider_id <> '';
CREATE INDEX outbox_by_due ON outbox (send_after) WHERE state IN ('approved', 'queued');
CREATE INDEX outbox_by_account ON outbox (account_id);
-- Counting, and telling what senders carry from what is printed or done by people.
CREATE INDEX outbox_of_senders ON outbox (state, sender_id, channel, document_id);
DROP INDEX outbox_by_state;
CREATE INDEX outbox_by_sent ON outbox (sender_id, sent_at) WHERE sent_at > 0;

-- Every time a server was asked to take a message, and what it said. Written before, completed after.
CREATE TABLE outbox_attempt (
  id INTEGER PRIMARY KEY,
  outbox_id INTEGER NOT NULL REFERENCES outbox (id),
  sender_id INTEGER REFERENCES sender (id),
  began_at INTEGER NOT NULL,                  -- seconds since 1970
  ended_at INTEGER,                           -- NULL: nobody knows how it ended
  transport TEXT NOT NULL,
  fate TEXT NOT NULL DEFAULT '',              -- "sent", "not-sent", "refused", "unknown"
  sender_wide INTEGER NOT NULL DEFAULT 0,     -- 1: for a reason that concerns the sender, not this message
  answer TEXT NOT NULL DEFAULT '',            -- of the server, as it said it
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_attempt_by_outbox ON outbox_attempt (outbox_id);
CREATE INDEX outbox_attempt_by_sender ON outbox_attempt (sender_id, began_at);

-- Events of what never left after all: they count neither as reminders nor as contacts.
CREATE TABLE void_event (
  event_id INTEGER PRIMARY KEY REFERENCES event (id)
) STRICT;
INSERT INTO void_event (event_id)
SELECT DISTINCT event_id FROM outbox WHERE state = 'cancelled' AND event_id IS NOT NULL;
UPDATE account SET last_contact = (SELECT max (e.date) FROM event e WHERE e.account_id = account.id
  AND e.kind IN ('email', 'letter', 'registered', 'call', 'visit', 'sms')
  AND NOT EXISTS (SELECT 1 FROM void_event v WHERE v.event_id = e.id))
WHERE id IN (SELECT account_id FROM outbox WHERE state = 'cancelled');

-- What came back, byte for byte.
CREATE TABLE incoming (
  id INTEGER PRIMARY KEY,
  sender_id INTEGER REFERENCES sender (id),   -- NULL: dropped as a file
  uid TEXT NOT NULL,                          -- in that mailbox; of a file its SHA-256
  message_id TEXT NOT NULL DEFAULT '',
  received INTEGER NOT NULL,                  -- day
  fetched_at INTEGER NOT NULL,                -- seconds since 1970
  from_email TEXT NOT NULL,
  from_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('bounce_hard', 'bounce_soft', 'delayed', 'delivered', 'auto_reply', 'reply', 'other')),
  account_id INTEGER REFERENCES account (id), -- NULL: not known whose
  outbox_id INTEGER REFERENCES outbox (id),   -- NULL: of no message in particular
  matched_by TEXT NOT NULL DEFAULT '',        -- "token", "message-id", "thread", "address", "number"…
  warning TEXT NOT NULL DEFAULT '',           -- "forged": it bears a link that is not signed by us; "unknown-number:F-1, F-2": names these
  text TEXT NOT NULL,                         -- what its writer wrote, without what was quoted
  state TEXT NOT NULL CHECK (state IN ('new', 'done', 'dismissed')),
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX incoming_by_uid ON incoming (coalesce (sender_id, 0), uid);
CREATE INDEX incoming_by_account ON incoming (account_id);
CREATE INDEX incoming_by_message_id ON incoming (message_id) WHERE message_id <> '';
CREATE INDEX incoming_by_sha256 ON incoming (sha256);
CREATE INDEX incoming_by_state ON incoming (state) WHERE state = 'new';

-- What an answer proposes to note. Nothing is applied without a person.
CREATE TABLE proposal (
  id INTEGER PRIMARY KEY,
  incoming_id INTEGER NOT NULL REFERENCES incoming (id),
  kind TEXT NOT NULL CHECK (kind IN ('paid', 'promise', 'dispute', 'copy', 'wrong_person', 'new_address')),
  sentence TEXT NOT NULL,                     -- the words that say so
  by_token INTEGER NOT NULL DEFAULT 0,        -- from a link of ours, signed
  date INTEGER,                               -- of payment
  amount INTEGER,                             -- minor units
  currency TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL DEFAULT '',             -- an address or a reason
  state TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dismissed')),
  event_id INTEGER REFERENCES event (id)
) STRICT;
CREATE INDEX proposal_by_incoming ON proposal (incoming_id);

CREATE TABLE proposal_item (
  proposal_id INTEGER NOT NULL REFERENCES proposal (id),
  item_id INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (proposal_id, item_id)
) STRICT;

-- The email address of an account itself came back (1) or is the wrong one (2), like contact.bounced; cleared when
-- it changes.
ALTER TABLE account ADD COLUMN email_bad INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER account_email_changed AFTER UPDATE OF email ON account
WHEN OLD.email_bad <> 0 AND OLD.email <> NEW.email
BEGIN
  UPDATE account SET email_bad = 0 WHERE id = NEW.id;
END;
CREATE TRIGGER contact_email_changed AFTER UPDATE OF email ON contact
WHEN OLD.bounced <> 0 AND OLD.email <> NEW.email
BEGIN
  UPDATE contact SET bounced = 0 WHERE id = NEW.id;
END;
