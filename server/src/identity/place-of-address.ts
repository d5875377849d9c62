import { BlockList, isIP } from 'node:net'

/**
 * Where an address is, as far as Desk can say by itself. Countries are not named: the databases that
 * may be passed on with Desk warn of wrong entries, and a wrong country here alarms or lulls.
 */
export function placeOfAddress(address: string | null): string {
  const plain = address?.split('%')[0] ?? ''
  const version = isIP(plain)
  if (version === 0) return 'Unknown place'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (thisMachine.check(plain, family)) return 'This machine'
  return privateNetworks.check(plain, family) ? 'Private network' : 'Unknown place'
}

/** IPv4 in IPv6 clothes is checked as IPv4. */
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
