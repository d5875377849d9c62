import Fastify from 'fastify'
import type pg from 'pg'
import * as z from 'zod'
import { openPool } from '../../src/database.ts'
import { statements } from './bare-statements.ts'
import { announce, databaseUrl } from './server-process.ts'

const asked = z.object({ name: z.string(), values: z.string() })
const values = z.array(z.unknown())

/** As little as can stand between a browser and Postgres: one route, one statement, rows as they come. */
export async function serveBare(): Promise<void> {
  const pool = openPool({ connectionString: databaseUrl(), connectionsMax: 20, name: 'bare' })
  const http = Fastify()
  http.get('/rows', (request) => rowsOf(pool, request.query))
  await announce({ url: await http.listen({ host: '127.0.0.1', port: 0 }), cookie: '' })
  await http.close()
  await pool.end()
}

async function rowsOf(pool: pg.Pool, query: unknown): Promise<unknown[]> {
  const { name, values: sent } = asked.parse(query)
  const statement = statements.get(name)
  if (!statement) throw new Error(`No statement ${name}`)
  const { rows } = await pool.query<pg.QueryResultRow>({
    ...statement,
    values: values.parse(JSON.parse(sent)),
  })
  return rows
}
