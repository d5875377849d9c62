import { expect, type Locator, type Page } from '@playwright/test'

/** The payments screen as people see it: by what things are and how they are called. */
export function paymentsScreen(page: Page) {
  const table = page.getByRole('table', { name: 'Payments' })
  const link = (orderId: string) => table.getByRole('link', { name: orderId, exact: true })
  return {
    table,
    link,
    row: (orderId: string) =>
      table
        .getByRole('row')
        .filter({ has: page.getByRole('link', { name: orderId, exact: true }) }),
    search: page.getByRole('combobox', { name: /^Search payments/ }),
    drawer: page.getByRole('dialog', { name: 'Payment', exact: true }),
    filter: (name: string) =>
      page.getByRole('group', { name: 'Filters' }).getByRole('button', { name, exact: true }),
    chip: (name: string) => page.getByRole('button', { name: `Remove filter: ${name}` }),
  }
}

export async function openPayments(page: Page, search = ''): Promise<void> {
  await page.goto(`/payments${search}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
  await settled(page)
}

/** The answer to the last question is on screen. */
export async function settled(page: Page): Promise<void> {
  await expect(paymentsScreen(page).table).toHaveAttribute('aria-busy', 'false')
}

export interface ShownPayment {
  readonly index: number
  readonly id: string
  readonly orderId: string
  readonly status: string
  readonly amount: string
  readonly network: string
}

/** The rows that exist in the document right now: those in view and a few around them. */
export async function shownPayments(table: Locator): Promise<readonly ShownPayment[]> {
  return table.getByRole('row').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const link = row.querySelector('a')
      if (!(row instanceof HTMLTableRowElement) || !link) return []
      // Columns are told by their names: people choose which there are, and in which order.
      const names = Array.from(row.closest('table')?.tHead?.rows[0]?.cells ?? [], (cell) =>
        cell.innerText.trim(),
      )
      const under = (name: string) => row.cells[names.indexOf(name)]?.innerText.trim() ?? ''
      return [
        {
          index: Number(row.ariaRowIndex),
          id: new URL(link.href).searchParams.get('open') ?? '',
          orderId: link.innerText.trim(),
          status: under('Status'),
          amount: under('Amount'),
          network: under('Network'),
        },
      ]
    }),
  )
}

/** Counts how often the document was loaded anew; whatever appears meanwhile came by itself. */
export function countLoads(page: Page): { readonly loads: () => number } {
  let count = 0
  page.on('domcontentloaded', () => (count += 1))
  return { loads: () => count }
}
