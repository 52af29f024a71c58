-- The words of the journal and the name of the account, for the search over everything: SQLite's full-text index, which
-- keeps no copy of the texts. Events are added and never changed or deleted, so one trigger keeps it right.
CREATE VIRTUAL TABLE event_search USING fts5 (text, content = '', columnsize = 0, detail = none,
  tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE event_word USING fts5vocab (event_search, 'row');
INSERT INTO event_search (rowid, text)
SELECT e.id, e.summary || ' ' || coalesce (a.name, '') || ' ' || CASE WHEN e.data LIKE '{"%' AND json_valid (e.data)
  THEN coalesce (json_extract (e.data, '$.detail'), json_extract (e.data, '$.note'), '') ELSE '' END
FROM event e LEFT JOIN account a ON a.id = e.account_id;
CREATE TRIGGER event_is_searched AFTER INSERT ON event
BEGIN
  INSERT INTO event_search (rowid, text) VALUES (NEW.id, NEW.summary || ' '
    || coalesce ((SELECT a.name FROM account a WHERE a.id = NEW.account_id), '') || ' '
    || CASE WHEN NEW.data LIKE '{"%' AND json_valid (NEW.data)
    THEN coalesce (json_extract (NEW.data, '$.detail'), json_extract (NEW.data, '$.note'), '') ELSE '' END);
END;
