import type { DestinationPassport, DestinationState } from './passport.ts'
import type { NamedPerson } from './request-view.ts'

/** One line of the address book; instants are ISO 8601, UTC. */
export interface DestinationRow {
  readonly id: string
  readonly network: string
  /** With its checksum, where the network has one. */
  readonly address: string
  readonly label: string
  readonly state: DestinationState
  readonly proposedBy: NamedPerson
  readonly proposedAt: string
  readonly approvedBy: NamedPerson | null
  readonly approvedAt: string | null
  /** When its cooling-off ends; null when it has ended or has not begun. */
  readonly coolingOffUntil: string | null
  /** Who brought it into its state; null where Desk did. */
  readonly stateBy: NamedPerson | null
  readonly stateAt: string
  readonly stateReason: string | null
}

export interface DestinationPage {
  readonly rows: readonly DestinationRow[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}

export const destinationActs = [
  'approve',
  'refuse',
  'freeze',
  'unfreeze',
  'remove',
  'rename',
] as const
export type DestinationAct = (typeof destinationActs)[number]

/** Everything that the screen of one destination shows. Its history is in the audit log. */
export interface DestinationDetail extends DestinationRow {
  readonly passport: DestinationPassport
  /** Requests to it that have not come to an end; at most 100 are counted. */
  readonly openRequests: number
  /** Why the viewer may not do each of these now, in words for them; null where they may. */
  readonly blocks: Readonly<Record<DestinationAct, string | null>>
}

/** What became of one row of a file. */
export interface ImportedRow {
  /** In the file, from 1; the heading is one. */
  readonly line: number
  /** As they stand in the file, shortened. */
  readonly network: string
  readonly address: string
  readonly label: string
  /** `known`: the book has it already. `waits`: right, but nothing is added while another row is wrong. */
  readonly outcome: 'added' | 'known' | 'waits' | 'wrong'
  /** What is wrong, in words. */
  readonly problem: string | null
  readonly destinationId: string | null
}

export interface DestinationImport {
  /** All that were not in the book, or none where a row is wrong. */
  readonly added: number
  readonly rows: readonly ImportedRow[]
}
