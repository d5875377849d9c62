-- The nearest look-alike of an address is looked for among those that begin or end the same, by index: a
-- payer's address that was made to look like a supplier's is found among a million payments at once.
create index payment_sender_head_idx on payment (left(sender_address, 6)) where sender_address is not null;
create index payment_sender_tail_idx on payment (right(sender_address, 4)) where sender_address is not null;
create index withdrawal_recipient_head_idx on withdrawal (left(recipient_address, 6)) where recipient_address is not null;
create index withdrawal_recipient_tail_idx on withdrawal (right(recipient_address, 4)) where recipient_address is not null;

-- Whether payers were ever told to pay to an address.
create index quote_deposit_address_idx on quote (deposit_address);
-- Entries of one address, those that were refused or removed included.
create index destination_history_idx on destination (lower(address));
