/**
 * A webhook that came longer after its event than this is late. The receiver takes signatures of clocks
 * that are five minutes off, so nothing within them can be told from a clock that is wrong; an event that
 * needed a second or third try (after ten seconds, after a minute) is within them, too.
 */
export const LATE_AFTER_MS = 5 * 60_000

/**
 * A status that the API told of this long ago and no webhook did is missing one. Longer than the first
 * four tries of a delivery take, so what a short break of ours held up is given time to come.
 */
export const MISSING_AFTER_MS = 15 * 60_000

/** How long after a webhook the API has to be asked before its other answer counts: its own news may lag. */
export const SETTLED_AFTER_MS = 60_000
