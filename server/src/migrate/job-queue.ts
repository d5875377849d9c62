import { runMigrations } from 'graphile-worker'
import type pg from 'pg'

/**
 * graphile-worker keeps its queue in a schema of its own, which the owner makes, behind row-level
 * security that lets in the owner only; Desk's role gets a policy of its own, once per table.
 */
export async function prepareJobQueue(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool })
  const closed = await pool.query(`
    select from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r'
      and (not has_table_privilege('desk_app', c.oid, 'delete')
        or c.relrowsecurity and not exists (${policyOfDesk}))
    limit 1`)
  if (closed.rowCount === 0) return
  await pool.query(`
    grant usage on schema graphile_worker to desk_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to desk_app;
    grant usage, select on all sequences in schema graphile_worker to desk_app;
    grant execute on all functions in schema graphile_worker to desk_app;
    do $$
    declare queue_table regclass;
    begin
      for queue_table in
        select c.oid::regclass from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
          and not exists (${policyOfDesk})
      loop
        execute format('create policy desk_app on %s to desk_app using (true) with check (true)', queue_table);
      end loop;
    end $$;
  `)
}

const policyOfDesk = `select from pg_policy p where p.polrelid = c.oid and p.polname = 'desk_app'`
