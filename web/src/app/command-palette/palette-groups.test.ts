import { Search } from 'lucide-react'
import { expect, test } from 'vitest'
import { looksLikeId, meaningOf, type PaletteOption } from './palette-groups.ts'

function option(name: string, more: Partial<PaletteOption> = {}): PaletteOption {
  return { key: name, name, icon: Search, run: () => undefined, ...more }
}

function group(heading: string, ...names: string[]) {
  return { heading, options: names.map((name) => option(name)) }
}

/** What is on screen, line by line; `…` stands for an answer on its way. */
function shown(text: string, material: Parameters<typeof meaningOf>[1]): string[] {
  const { groups, isPending } = meaningOf(text, material)
  const lines = groups.flatMap(({ heading, options }) => [
    `# ${heading}`,
    ...options.map(({ name }) => name),
  ])
  return isPending ? [...lines, '…'] : lines
}

const offers = [
  group('This payment', 'Copy the reply', 'Hand over'),
  group('Actions', 'New payment', 'Sign out'),
  group('Go to', 'Payments', 'Team'),
]

test('the payment that is open comes first among what matches as well', () => {
  const material = {
    offers: [group('This payment', 'Pay again'), ...offers.slice(1)],
    lists: [],
    found: [],
  }
  expect(shown('pay', material)).toEqual([
    '# This payment',
    'Pay again',
    '# Actions',
    'New payment',
    '# Go to',
    'Payments',
  ])
})

test('what is named so stands above what is only described so', () => {
  const described = { heading: 'Actions', options: [option('Invite a person', { words: 'team' })] }
  const material = { offers: [described, group('Go to', 'Team')], lists: [], found: [] }
  expect(shown('team', material)).toEqual(['# Go to', 'Team', '# Actions', 'Invite a person'])
})

test('what is nearly a name stands above what is nearly described so', () => {
  const described = { heading: 'This payment', options: [option('Reply', { words: 'support' })] }
  const material = { offers: [described], lists: [group('People', 'Support')], found: [] }
  expect(shown('suport', material)).toEqual(['# People', 'Support', '# This payment', 'Reply'])
})

test('a slip of the fingers finds something only where nothing else does', () => {
  const material = { offers, lists: [group('Saved views', 'Teal shop')], found: [] }
  expect(shown('teal', material)).toEqual(['# Saved views', 'Teal shop'])
  expect(shown('taem', material)).toEqual(['# Go to', 'Team'])
})

test('nothing is put above what is on screen when an answer comes', () => {
  const before = shown('pay', {
    offers,
    lists: null,
    found: [group('Payments', 'ORDER-1')],
  })
  expect(before).toEqual(['# Actions', 'New payment', '# Go to', 'Payments', '…'])
  const after = shown('pay', {
    offers,
    lists: [group('Saved views', 'Payouts')],
    found: null,
  })
  expect(after.slice(0, 4)).toEqual(before.slice(0, 4))
  expect(after.slice(4)).toEqual(['# Saved views', 'Payouts', '…'])
})

test('what looks like an id is looked for among payments, and nothing else stands in its way', () => {
  const views = group('Saved views', 'Week 48 refunds')
  const waiting = { offers, lists: [views], found: null }
  expect(shown('48', waiting)).toEqual(['…'])
  const answered = { offers, lists: [views], found: [group('Payments', 'ORDER-48')] }
  expect(shown('48', answered)).toEqual([
    '# Payments',
    'ORDER-48',
    '# Saved views',
    'Week 48 refunds',
  ])
})

test.each([
  ['ORDER-88271', true],
  ['0x52ae4ee7', true],
  ['https://sepolia.basescan.org/tx/0xabc', true],
  ['EFJMtGRbQwHXsZfPUVqLxYcDkN', true],
  ['new payment from the open one', false],
  ['refunds', false],
])('%s looks like an id: %s', (text, expected) => {
  expect(looksLikeId(text)).toBe(expected)
})
