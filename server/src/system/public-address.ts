import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** What does not lead to the open internet; see the special-purpose registries of IANA. */
const closedIpv4 = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  closedIpv4.addSubnet(network, bits, 'ipv4')
}

/** Of IPv6 one range alone is open, less what wraps IPv4 addresses or is for books. */
const globalIpv6 = new BlockList()
globalIpv6.addSubnet('2000::', 3, 'ipv6')
const closedIpv6 = new BlockList()
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  closedIpv6.addSubnet(network, bits, 'ipv6')
}

/** Whether this IP address leads to the open internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closedIpv4.check(address, 'ipv4')
  if (!isIPv6(address)) return false
  return globalIpv6.check(address, 'ipv6') && !closedIpv6.check(address, 'ipv6')
}
