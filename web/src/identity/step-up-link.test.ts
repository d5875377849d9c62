import { createTRPCClient, httpLink } from '@trpc/client'
import { initTRPC, TRPCError } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readFault } from '../app/fault.ts'
import { currentStepUp, onStepUpChange } from './step-up.ts'
import { stepUpLink } from './step-up-link.ts'

const unproved = 'Confirm that it is you.'

describe('a change that asks for fresh proof', () => {
  it('is sent once more after the person gave it', async () => {
    const answer = removal('Finn')
    await asked()
    isProved = true
    currentStepUp()?.settle(true)
    expect(await answer).toBe('Finn is removed')
    expect(arrivals).toEqual(['Finn', 'Finn'])
    expect(currentStepUp()).toBeNull()
  })

  it('is called off, and not sent again, when the person would rather not', async () => {
    const answer = removal('Finn').catch(readFault)
    await asked()
    currentStepUp()?.settle(false)
    expect(await answer).toMatchObject({ kind: 'cancelled' })
    expect(arrivals).toEqual(['Finn'])
  })

  it('asks no second time when Desk does not take the proof', async () => {
    const answer = removal('Finn').catch(readFault)
    await asked()
    currentStepUp()?.settle(true)
    expect(await answer).toMatchObject({ kind: 'cancelled' })
    expect(arrivals).toEqual(['Finn', 'Finn'])
    expect(questions).toBe(1)
  })

  it('shares the question with others that came while it was open', async () => {
    const answers = [removal('Finn'), removal('Ana')]
    await expect.poll(() => arrivals.length).toBe(2)
    await asked()
    isProved = true
    currentStepUp()?.settle(true)
    expect(await Promise.all(answers)).toEqual(['Finn is removed', 'Ana is removed'])
    expect(questions).toBe(1)
  })
})

it('a change that Desk refuses for another reason asks nobody', async () => {
  expect(await removal('nobody').catch(readFault)).toMatchObject({ kind: 'not_found' })
  expect(questions).toBe(0)
  expect(arrivals).toEqual(['nobody'])
})

let isProved = false
let questions = 0
let arrivals: string[] = []

const t = initTRPC.create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: { ...shape.data, refusal: error.message === unproved ? 'step_up_required' : null },
  }),
})
const router = t.router({
  remove: t.procedure.input(String).mutation(({ input }) => {
    arrivals.push(input)
    if (input === 'nobody') throw new TRPCError({ code: 'NOT_FOUND' })
    if (!isProved) throw new TRPCError({ code: 'FORBIDDEN', message: unproved })
    return `${input} is removed`
  }),
})
const server = createHTTPServer({ router })
onStepUpChange(() => {
  if (currentStepUp()) questions += 1
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

beforeEach(() => {
  isProved = false
  questions = 0
  arrivals = []
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function removal(name: string): Promise<string> {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  const client = createTRPCClient<typeof router>({ links: [stepUpLink(), httpLink({ url })] })
  return client.remove.mutate(name)
}

/** Until the dialog would be open. */
async function asked(): Promise<void> {
  await expect.poll(currentStepUp).not.toBeNull()
}
