-- Indexes of the item table: a large first import drops them and makes them again, which takes a
-- fraction of the time of keeping them up row by row. They hold what the lists and sums over a million
-- items ask for, so that these need not look at the items themselves.
CREATE UNIQUE INDEX IF NOT EXISTS item_key ON item (account_id, number, fiscal_year, type, instalment);
CREATE INDEX IF NOT EXISTS item_open_by_account ON item (account_id, due_date, currency, open, type, total) WHERE open <> 0;
CREATE INDEX IF NOT EXISTS item_open_by_due ON item (due_date, open) WHERE open <> 0;
CREATE INDEX IF NOT EXISTS item_open_by_open ON item (open) WHERE open <> 0;
CREATE INDEX IF NOT EXISTS item_by_number ON item (number, open);
-- For the search: the last four characters as a number, and totals that no index of open amounts has.
CREATE INDEX IF NOT EXISTS item_by_number_end ON item (cast (substr (number, -4) AS INTEGER));
CREATE INDEX IF NOT EXISTS item_by_order_end ON item (cast (substr (order_ref, -4) AS INTEGER)) WHERE order_ref <> '';
CREATE INDEX IF NOT EXISTS item_by_total ON item (total) WHERE total <> open;
