/** The days of the week from Monday, as ISO 8601 counts them from 1. */
export const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
