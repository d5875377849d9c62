-- People approve an attachment by its hash: no other bytes can stand under it.
alter table withdrawal_attachment
  add check (length(bytes) between 1 and 5 * 1024 * 1024),
  add check (sha256 = encode(sha256(bytes), 'hex')),
  add check (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'text/csv', 'text/plain'));
-- Most of what comes is compressed already.
alter table withdrawal_attachment alter column bytes set storage external;
