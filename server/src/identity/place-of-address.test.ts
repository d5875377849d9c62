import { expect, test } from 'vitest'
import { placeOfAddress } from './place-of-address.ts'

test.each([
  ['127.0.0.1', 'This machine'],
  ['127.8.8.8', 'This machine'],
  ['::1', 'This machine'],
  ['::ffff:127.0.0.1', 'This machine'],
  ['10.0.0.1', 'Private network'],
  ['172.16.0.1', 'Private network'],
  ['172.31.255.255', 'Private network'],
  ['192.168.0.9', 'Private network'],
  ['::ffff:192.168.0.9', 'Private network'],
  ['100.64.0.1', 'Private network'],
  ['169.254.1.1', 'Private network'],
  ['fd12:3456::1', 'Private network'],
  ['fe80::1%eth0', 'Private network'],
  ['172.32.0.1', 'United States'],
  ['100.128.0.1', 'United States'],
  ['81.2.69.142', 'United Kingdom'],
  ['::ffff:81.2.69.142', 'United Kingdom'],
  ['203.0.113.7', 'Unknown place'],
  ['2001:db8::1', 'Unknown place'],
  ['localhost', 'Unknown place'],
  ['', 'Unknown place'],
  [null, 'Unknown place'],
])('%s is called %s', async (address, place) => {
  expect(await placeOfAddress(address)).toBe(place)
})
