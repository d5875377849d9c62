import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import * as z from 'zod'
import { AnvilError } from './find-anvil.ts'

const source = readFileSync(new URL('test-token.sol', import.meta.url), 'utf8')
const input = {
  language: 'Solidity',
  sources: { 'test-token.sol': { content: source } },
  settings: {
    optimizer: { enabled: true },
    outputSelection: { '*': { TestToken: ['evm.deployedBytecode.object'] } },
  },
}
const output = z.object({
  contracts: z.object({
    'test-token.sol': z.object({
      TestToken: z.object({
        evm: z.object({ deployedBytecode: z.object({ object: z.string().regex(/^[0-9a-f]+$/) }) }),
      }),
    }),
  }),
})

const compiled = new Map<string, Promise<string>>()

/** The code of the test token as it lies on a chain, as hex; once in a process. Throws AnvilError. */
export function compileToken(solc: string): Promise<string> {
  const code = compiled.get(solc) ?? compile(solc)
  compiled.set(solc, code)
  return code
}

/** In a process of its own, for the compiler takes 190 MB. */
async function compile(solc: string): Promise<string> {
  const run = promisify(execFile)(process.execPath, [solc, '--standard-json'])
  run.child.stdin?.end(JSON.stringify(input))
  const { stdout } = await run
  // The command line says a line of its own before the answer.
  const read = output.safeParse(JSON.parse(stdout.slice(stdout.indexOf('{'))))
  if (!read.success) throw new AnvilError(`The test token does not compile: ${stdout}`)
  return `0x${read.data.contracts['test-token.sol'].TestToken.evm.deployedBytecode.object}`
}
