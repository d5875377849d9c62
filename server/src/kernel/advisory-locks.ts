/**
 * Postgres knows its advisory locks by number alone: two uses of one number wait for each other, for
 * ever where one of them keeps it. So all numbers of ours stand here.
 */
export const advisoryLocks = {
  /** One Desk at a time prepares a database. */
  preparation: 4_738_201,
  /** The Desk that leads the sync keeps it while it does. */
  sync: 4_738_202,
  /** Taken by what must not happen to two people at once. */
  people: 4_738_203,
  /** Whoever appends to the audit log holds it until the end of their transaction: the chain never forks. */
  auditChain: 4_738_204,
  /** One Desk at a time judges which payments need attention. */
  attention: 4_738_205,
  /** With the number of a pool of workers: that pool's process lives. */
  workerPools: 4_738_206,
  /** Taken by `arrange_webhook_bodies()`, which migration 0008 makes. */
  webhookBodies: 4_738_208,
  /** One Desk at a time digests and counts webhooks for the console. */
  webhookDigest: 4_738_219,
  /** One Desk at a time judges alarms. */
  alarms: 4_738_211,
  /** One Desk at a time proves the audit log. */
  auditProof: 4_738_230,
  /** One Desk at a time counts payments into rollups. */
  rollups: 4_738_212,
  /** Held while what limits count may change, by whoever submits or sends a withdrawal. */
  withdrawalLimits: 4_738_214,
  /** With the hash of a request: somebody is sending it, or settling what became of it. */
  withdrawalSending: 4_738_215,
  /** One Desk gives a demo its withdrawals. */
  demoWithdrawals: 4_738_216,
  /** One Desk at a time tells who can act on withdrawals. */
  withdrawalNotices: 4_738_213,
} as const
