-- The words of the journal, for the search over everything: SQLite's full-text index, which keeps no copy of the texts.
-- Events are added and never changed or deleted, so one trigger keeps it right.
CREATE VIRTUAL TABLE event_search USING fts5 (text, content = '', columnsize = 0, detail = none,
  tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE event_word USING fts5vocab (event_search, 'row');
INSERT INTO event_search (rowid, text)
SELECT id, summary || ' ' || CASE WHEN data LIKE '{"%' AND json_valid (data)
  THEN coalesce (json_extract (data, '$.detail'), json_extract (data, '$.note'), '') ELSE '' END FROM event;
CREATE TRIGGER event_is_searched AFTER INSERT ON event
BEGIN
  INSERT INTO event_search (rowid, text) VALUES (NEW.id, NEW.summary || ' ' || CASE WHEN NEW.data LIKE '{"%'
    AND json_valid (NEW.data) THEN coalesce (json_extract (NEW.data, '$.detail'), json_extract (NEW.data, '$.note'), '')
    ELSE '' END);
END;
