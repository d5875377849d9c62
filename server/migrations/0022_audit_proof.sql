-- How far the audit log was last walked to prove that its chain holds; one row.
create table audit_proof (
  is_only boolean primary key default true check (is_only),
  -- Where the walk under way stands: the last entry that followed the one before.
  walked_seq bigint not null default 0,
  walked_hash bytea not null default decode(repeat('00', 32), 'hex'),
  -- Whether that walk began at the first entry; otherwise it looks at what was added since.
  is_whole boolean not null default false,
  -- The end of the log as it was last walked to in whole: the next walk has to come by there.
  proved_seq bigint not null default 0,
  proved_hash bytea not null default decode(repeat('00', 32), 'hex'),
  proved_at timestamptz,
  -- What broke it, until it holds again.
  fault_seq bigint,
  fault text,
  check ((fault_seq is null) = (fault is null))
);
insert into audit_proof default values;
grant select, update on audit_proof to desk_app;
