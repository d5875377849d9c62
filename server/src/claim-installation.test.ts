import { expect, test } from 'vitest'
import { claimInstallation } from './claim-installation.ts'
import { testDatabase } from './testing/test-database.ts'

const at = new Date()

test.each([true, false])(
  'what a database was started as first (demo: %s) it stays, for every Desk',
  async (isDemo) => {
    await using database = await testDatabase()
    const { db } = database
    await Promise.all(Array.from({ length: 4 }, () => claimInstallation(db, { isDemo, at })))
    await expect(claimInstallation(db, { isDemo: !isDemo, at })).rejects.toThrow(
      isDemo ? /holds the demo/ : /belongs to a Desk with a real SpacePay/,
    )
    await expect(claimInstallation(db, { isDemo, at })).resolves.toBeUndefined()
  },
)
