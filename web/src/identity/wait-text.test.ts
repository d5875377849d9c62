import { describe, expect, it } from 'vitest'
import { waitText } from './wait-text.ts'

describe('how long somebody is held back', () => {
  it.each([
    [600_000, 'Too many attempts. Try again in 10 minutes.'],
    [90_001, 'Too many attempts. Try again in 2 minutes.'],
    [61_000, 'Too many attempts. Try again in 61 seconds.'],
    [1_000, 'Too many attempts. Try again in 1 second.'],
    [1, 'Too many attempts. Try again in 1 second.'],
    [0, 'You can try again now.'],
    [-5_000, 'You can try again now.'],
  ])('says of %i ms left: %s', (leftMs, text) => {
    expect(waitText(leftMs)).toBe(text)
  })
})
