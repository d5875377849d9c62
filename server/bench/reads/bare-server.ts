import Fastify from 'fastify'
import type pg from 'pg'
import * as z from 'zod'
import { openPool } from '../../src/database.ts'
import { statements } from './bare-statements.ts'
import { announce, databaseUrl } from './server-process.ts'

const asked = z.object({ asks: z.string() })
const asks = z.array(z.tuple([z.string(), z.array(z.unknown())]))

/** As little as can stand between a browser and Postgres: one route, its statements, rows as they come. */
export async function serveBare(): Promise<void> {
  const pool = openPool({ connectionString: databaseUrl(), connectionsMax: 20, name: 'bare' })
  const http = Fastify()
  http.get('/rows', (request) => answers(pool, asked.parse(request.query).asks))
  await announce({ url: await http.listen({ host: '127.0.0.1', port: 0 }), cookie: '' })
  await http.close()
  await pool.end()
}

async function answers(pool: pg.Pool, sent: string): Promise<unknown[][]> {
  const wanted = asks.parse(JSON.parse(sent))
  return Promise.all(wanted.map(([name, values]) => rowsOf(pool, name, values)))
}

async function rowsOf(pool: pg.Pool, name: string, values: unknown[]): Promise<unknown[]> {
  const statement = statements.get(name)
  if (!statement) throw new Error(`No statement ${name}`)
  const { rows } = await pool.query<pg.QueryResultRow>({ ...statement, values })
  return rows
}
