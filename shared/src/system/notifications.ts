import * as z from 'zod/mini'
import { type AlarmKind, alarmKinds } from './alarm.ts'

const time = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time such as 22:00.'))
const common = {
  label: z.string().check(z.trim(), z.minLength(1, 'Give it a name.'), z.maxLength(80)),
  alarms: z.array(z.enum(alarmKinds)).check(z.minLength(1, 'Choose at least one alarm.')),
  quiet: z.nullable(z.object({ from: time, until: time })),
}

const recipients = z
  .array(z.email('Give e-mail addresses, separated by commas.'))
  .check(z.minLength(1, 'Give at least one address.'), z.maxLength(20))
const url = z.url('Give the address that the chat shows for its incoming webhook.')

/** A channel as somebody adds it. */
export const channelInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mail'), ...common, recipients }),
  z.object({ kind: z.literal('chat'), ...common, url }),
])
export type ChannelInput = z.infer<typeof channelInput>

const id = z.string().check(z.minLength(1), z.maxLength(64))

/** A channel as it is to be from now on; it stays of its kind. */
export const channelChange = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.literal('mail'), ...common, recipients }),
  /** Null keeps the address it has, which nobody is shown again. */
  z.object({ id, kind: z.literal('chat'), ...common, url: z.nullable(url) }),
])
export type ChannelChange = z.infer<typeof channelChange>

export interface NotificationChannel {
  readonly id: string
  readonly kind: 'mail' | 'chat'
  readonly label: string
  /** Addresses, or the host of the chat: never the address itself, which is a secret. */
  readonly to: readonly string[]
  readonly alarms: readonly AlarmKind[]
  readonly quiet: { readonly from: string; readonly until: string } | null
  /** The newest first. Instants are ISO 8601 UTC. */
  readonly told: readonly ToldNotification[]
}

interface ToldNotification {
  readonly id: number
  readonly occasion: 'opened' | 'reminder' | 'well' | 'test' | 'notice'
  readonly sentence: string
  readonly madeAt: string
  readonly dueAt: string
  readonly sentAt: string | null
  readonly attempts: number
  /** Why the last attempt failed. */
  readonly problem: string | null
}

export interface NotificationSettings {
  readonly channels: readonly NotificationChannel[]
  readonly open: readonly { readonly kind: AlarmKind; readonly openedAt: string }[]
  /** Whether this Desk can send mail. */
  readonly isMailOn: boolean
}
