import { readFile } from 'node:fs/promises'

const shortLength = 12

/** The commit that this folder's work tree stands on, shortened; `unknown` where it is none. */
export async function readDeskVersion(root: URL): Promise<string> {
  const head = await textOf(new URL('.git/HEAD', root))
  if (head === null) return 'unknown'
  const ref = /^ref: (\S+)/.exec(head)?.[1]
  if (ref === undefined) return head.slice(0, shortLength)
  const loose = await textOf(new URL(`.git/${ref}`, root))
  if (loose !== null) return loose.slice(0, shortLength)
  const packed = await textOf(new URL('.git/packed-refs', root))
  const line = packed?.split('\n').find((each) => each.endsWith(` ${ref}`))
  return line?.slice(0, shortLength) ?? 'unknown'
}

async function textOf(file: URL): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch {
    return null
  }
}
