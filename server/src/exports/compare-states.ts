import { CHANGES_LISTED_MAX, type ExportDifference } from '@desk/shared/exports/payment-export'
import { type ComparedColumn, comparedColumns } from '@desk/shared/exports/export-columns'

/** What one payment said when it was exported: texts by compared column. */
export interface PaymentState {
  readonly id: string
  readonly values: Readonly<Partial<Record<ComparedColumn, string | null>>>
}

/** One payment that differs; `fields` by column, before and after. */
export interface StateChange {
  readonly paymentId: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly fields: Readonly<Record<string, readonly [string | null, string | null]>>
}

/**
 * Holds two runs against each other, both in the byte order of their ids, and keeps only what it is to name:
 * any number of payments takes the memory of a few.
 */
export class StateComparison {
  readonly changes: StateChange[] = []
  #added = 0
  #removed = 0
  #changed = 0
  readonly #before: AsyncIterator<PaymentState>
  #head: PaymentState | null = null
  #hasBegun = false

  constructor(before: AsyncIterable<PaymentState>) {
    this.#before = before[Symbol.asyncIterator]()
  }

  /** The next payment of the later run. */
  async take(now: PaymentState): Promise<void> {
    if (!this.#hasBegun) await this.#advance()
    while (this.#head !== null && byBytes(this.#head.id, now.id) < 0) {
      this.#noteRemoved(this.#head)
      await this.#advance()
    }
    if (this.#head?.id !== now.id) {
      this.#added += 1
      this.#note({ paymentId: now.id, change: 'added', fields: changedFields({}, now.values) })
      return
    }
    const fields = changedFields(this.#head.values, now.values)
    if (Object.keys(fields).length > 0) {
      this.#changed += 1
      this.#note({ paymentId: now.id, change: 'changed', fields })
    }
    await this.#advance()
  }

  /** After the last one: whatever is left is there no more. */
  async end(): Promise<ExportDifference> {
    if (!this.#hasBegun) await this.#advance()
    while (this.#head !== null) {
      this.#noteRemoved(this.#head)
      await this.#advance()
    }
    return {
      added: this.#added,
      removed: this.#removed,
      changed: this.#changed,
      listed: this.changes.length,
    }
  }

  #noteRemoved({ id, values }: PaymentState): void {
    this.#removed += 1
    this.#note({ paymentId: id, change: 'removed', fields: changedFields(values, {}) })
  }

  #note(change: StateChange): void {
    if (this.changes.length < CHANGES_LISTED_MAX) this.changes.push(change)
  }

  async #advance(): Promise<void> {
    this.#hasBegun = true
    const next = await this.#before.next()
    this.#head = next.done ? null : next.value
  }
}

/** Columns that differ, before and after. A column that only one side knows differs in nothing but existence. */
export function changedFields(
  before: PaymentState['values'],
  after: PaymentState['values'],
): Record<string, readonly [string | null, string | null]> {
  const isWhole = Object.keys(before).length > 0 && Object.keys(after).length > 0
  const fields: Record<string, readonly [string | null, string | null]> = {}
  for (const column of comparedColumns) {
    const [was, is] = [before[column], after[column]]
    // What an earlier Desk did not write down yet says nothing.
    if (isWhole && (was === undefined || is === undefined)) continue
    if ((was ?? null) !== (is ?? null)) fields[column] = [was ?? null, is ?? null]
  }
  return fields
}

/** As Postgres orders under the collation "C". */
export function byBytes(a: string, b: string): number {
  if (a === b) return 0
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  // Everywhere else the order of UTF-16 is that of UTF-8, and much faster told.
  return a < b ? -1 : 1
}

const surrogate = /[\uD800-\uDFFF]/
